package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.S3Server;
import dev.decant.testing.UnconditionalS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uses a real S3 API, and the same API behind a proxy without conditional writes. */
final class ConditionalWritesIT {
  private final S3Server s3 = S3Server.running();
  private final String location = "s3://" + s3.newBucket() + "/sanitized";

  @AfterEach
  void noProxy() {
    s3.use(s3.port());
  }

  @Test
  void storeWithConditionalWritesPassesAndKeepsNothing() {
    try (SnapshotStore store = Stores.open(location)) {
      ConditionalWrites.require(store);
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void storeThatIgnoresTheHeaderIsNamed() throws Exception {
    assertUnsuitable(false, "it ignores this header (If-None-Match: *)");
  }

  @Test
  void storeThatRefusesTheHeaderIsNamed() throws Exception {
    assertUnsuitable(true, "it answers 501 to this header (If-None-Match");
  }

  private void assertUnsuitable(boolean refuses, String what) throws Exception {
    try (UnconditionalS3 proxy = new UnconditionalS3(refuses)) {
      s3.use(proxy.port());
      try (SnapshotStore store = Stores.open(location)) {
        assertThatThrownBy(() -> ConditionalWrites.require(store))
            .isInstanceOfSatisfying(
                DecantException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSUITABLE))
            .hasMessageStartingWith("The store of " + location)
            .hasMessageContaining("has no conditional writes: " + what)
            .hasMessageContaining("Use AWS S3, or a version of this store");
        assertThat(store.list("")).isEmpty();
      }
    }
  }
}
