package dev.decant.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.SnapshotStoreContract;
import dev.decant.store.Stores;
import dev.decant.testing.CuttingProxy;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class S3SourceIT {
  private final S3Server server = S3Server.running();
  private final String spec = "s3://" + server.newBucket();
  private SnapshotStore bucket = Stores.open(spec);

  @BeforeEach
  void openBucket() {
    bucket = Stores.open(spec);
  }

  @AfterEach
  void closeBucket() {
    bucket.close();
    server.use(server.port());
  }

  @Test
  void objectTellsWhatItIs() throws IOException {
    bucket.put("p/dump.sql", "-- text\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    bucket.put("p/dump.sql.md5", SnapshotStoreContract.bytes("0".repeat(32) + "  dump.sql\n"));
    try (Source source = Sources.open(spec + "/p/dump.sql")) {
      assertThat(source.uri()).isEqualTo(spec + "/p/dump.sql");
      assertThat(source.fileName()).isEqualTo("dump.sql");
      assertThat(source.size()).isEqualTo(8);
      assertThat(source.etag()).isEqualTo(bucket.stat("p/dump.sql").orElseThrow().etag());
      assertThat(source.modified()).isPresent();
      assertThat(source.rereadable()).isTrue();
      assertThat(source.statedMd5()).hasValue("0".repeat(32));
      assertThat(source.open()).hasContent("-- text\n");
      assertThat(source.open()).hasContent("-- text\n");
    }
  }

  @Test
  void brokenConnectionsChangeNothing() throws IOException {
    byte[] content = SnapshotStoreContract.random(5_000_000, 1);
    content[0] = 'x';
    bucket.put("dump", content);
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 20, Long.MAX_VALUE, 100_003)) {
      server.use(proxy.port());
      try (Source source = Sources.open(spec + "/dump");
          InputStream in = source.open()) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThat(proxy.cuts()).isEqualTo(20);
    }
  }

  @Test
  void objectThatChangesMeanwhileIsAnError() throws IOException {
    bucket.put("dump", SnapshotStoreContract.random(5_000_000, 1));
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 1, Long.MAX_VALUE, 100_003)) {
      server.use(proxy.port());
      try (Source source = Sources.open(spec + "/dump");
          InputStream in = source.open()) {
        bucket.put("dump", SnapshotStoreContract.random(5_000_000, 2));
        SnapshotStoreContract.assertFails(ErrorCode.SOURCE_CHANGED, in::readAllBytes);
        SnapshotStoreContract.assertFails(ErrorCode.SOURCE_CHANGED, source::open);
      }
    }
  }

  @Test
  void emptyObjectIsRefusedAsEmpty() {
    bucket.put("dump", new byte[0]);
    try (Source source = Sources.open(spec + "/dump")) {
      assertThatThrownBy(() -> DumpStream.open(source))
          .hasMessageStartingWith(spec + "/dump is empty.");
    }
  }

  @Test
  void missingObjectIsSaid() {
    assertThatThrownBy(() -> Sources.open(spec + "/none"))
        .hasMessageStartingWith(spec + "/none does not exist, or its bucket does not.");
    SnapshotStoreContract.assertFails(
        ErrorCode.SOURCE_NOT_FOUND, () -> Sources.open(spec + "/none"));
    SnapshotStoreContract.assertFails(
        ErrorCode.SOURCE_NOT_FOUND, () -> Sources.open("s3://there-is-no-such-bucket/x"));
  }
}
