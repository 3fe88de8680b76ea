package dev.decant.store;

import dev.decant.testing.Component;
import dev.decant.testing.LocalStack;
import dev.decant.testing.Needs;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uses the S3 API of LocalStack. */
@Needs(Component.LOCALSTACK)
@ExtendWith(LocalStack.Use.class)
final class LocalStackRunClaimIT extends RunClaimContract {
  @Override
  SnapshotStore create() throws Exception {
    return Stores.open("s3://" + LocalStack.running().newBucket() + "/p");
  }
}
