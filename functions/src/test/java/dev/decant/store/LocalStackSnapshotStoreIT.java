package dev.decant.store;

import dev.decant.testing.Component;
import dev.decant.testing.LocalStack;
import dev.decant.testing.Needs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Uses the S3 API of LocalStack. */
@Needs(Component.LOCALSTACK)
final class LocalStackSnapshotStoreIT extends SnapshotStoreContract {
  @Override
  SnapshotStore create() throws Exception {
    return Stores.open("s3://" + LocalStack.running().newBucket() + "/p");
  }

  @BeforeAll
  static void use() throws Exception {
    LocalStack.running().use();
  }

  @AfterAll
  static void release() {
    LocalStack.release();
  }
}
