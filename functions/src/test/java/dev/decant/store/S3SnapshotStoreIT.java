package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.aws.S3Clients;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.testing.CuttingProxy;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class S3SnapshotStoreIT extends SnapshotStoreContract {
  private final S3Server server = S3Server.running();
  private final String bucket = server.newBucket();

  @Override
  SnapshotStore create() {
    return Stores.open("s3://" + bucket + "/some/prefix");
  }

  @Test
  void prefixIsTheRoot() {
    try (SnapshotStore whole = Stores.open("s3://" + bucket);
        SnapshotStore slashed = Stores.open("s3://" + bucket + "/some/prefix/")) {
      store.put("a", bytes("x"));
      whole.put("other", bytes("y"));

      assertThat(whole.list(""))
          .extracting(StoredObject::key)
          .containsExactly("other", "some/prefix/a");
      assertThat(slashed.list("")).isEqualTo(store.list(""));
      assertThat(store.location()).isEqualTo("s3://" + bucket + "/some/prefix");
      assertThat(store.locate("a")).isEqualTo("s3://" + bucket + "/some/prefix/a");
      assertThat(whole.location()).isEqualTo("s3://" + bucket);
    }
  }

  @Test
  void listTurnsPages() {
    List<String> keys = List.of("a", "b", "c/1", "c/2", "d");
    keys.forEach(key -> store.put("k/" + key, bytes("x")));
    Location.S3 location = new Location.S3(bucket, "some/prefix/k");
    try (SnapshotStore pages =
        new S3SnapshotStore(location, S3Clients.create(), PartSizes.GROWING, 2)) {
      assertThat(pages.list("")).extracting(StoredObject::key).isEqualTo(keys);
    }
  }

  @Test
  void missingBucketIsSaid() {
    try (SnapshotStore none = Stores.open("s3://there-is-no-such-bucket/p")) {
      assertThatThrownBy(() -> none.list(""))
          .hasMessage(
              "The bucket of s3://there-is-no-such-bucket/p/ does not exist. Check its name and the"
                  + " region.");
      assertFails(ErrorCode.SNAPSHOT_NOT_FOUND, () -> none.put("a", bytes("x")));
      assertFails(ErrorCode.SNAPSHOT_NOT_FOUND, () -> none.read("a"));
    }
  }

  @Test
  void brokenDownloadGoesOnAtTheSameByte() throws IOException {
    byte[] content = random(3_000_000, 7);
    store.put("a", content);
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 12, Long.MAX_VALUE, 150_001)) {
      server.use(proxy.port());
      try (SnapshotStore shaky = create();
          InputStream in = shaky.open("a", 1000, content.length - 2000)) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(content, 1000, content.length - 1000));
      }
      assertThat(proxy.cuts()).isEqualTo(12);
    } finally {
      server.use(server.port());
    }
  }

  @Test
  void brokenUploadIsSentAgain() throws IOException {
    byte[] content = random(18 * 1024 * 1024, 8);
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 3, 5_000_000, Long.MAX_VALUE)) {
      server.use(proxy.port());
      try (SnapshotStore shaky = create();
          SnapshotStore.Upload upload = shaky.upload("a")) {
        upload.write(content, 0, content.length);
        upload.commit();
      }
      assertThat(proxy.cuts()).isEqualTo(3);
    } finally {
      server.use(server.port());
    }
    assertThat(store.read("a")).hasValue(content);
  }

  /**
   * The put arrives, but its answer is lost, so the retry finds the object that the first attempt
   * wrote.
   */
  @Test
  void lostAnswerOfAConditionalPutIsNotTakenForAnotherRun() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(server.port(), 1, Long.MAX_VALUE, 60)) {
      server.use(proxy.port());
      try (SnapshotStore shaky = create()) {
        assertThat(shaky.putIfAbsent("a", bytes("mine"))).isTrue();
        assertThat(proxy.cuts()).isEqualTo(1);
        assertThat(shaky.putIfAbsent("a", bytes("mine"))).isFalse();
      }
    } finally {
      server.use(server.port());
    }
    assertThat(store.read("a")).hasValue(bytes("mine"));
  }

  @Test
  void serverThatIsNotThereIsSaid() {
    server.use(1); // no program listens on this port
    try (SnapshotStore gone = create()) {
      assertThatThrownBy(() -> gone.read("a"))
          .hasMessageMatching("s3://.* could not be reached: .*AWS_ENDPOINT_URL\\.");
      assertFails(ErrorCode.STORE_FAILED, () -> gone.read("a"));
    } finally {
      server.use(server.port());
    }
  }

  @Test
  void largePartsWaitOnDiskInFilesThatAKillLeavesNothingOf() throws IOException {
    long before = partFiles();
    byte[] content = random(13 * 1024 * 1024, 9);
    PartSizes small = number -> number == 1 ? 5 * PartSizes.MEBIBYTE : 17 * PartSizes.MEBIBYTE;
    Location.S3 location = new Location.S3(bucket, "disk");
    try (SnapshotStore disk = new S3SnapshotStore(location, S3Clients.create(), small)) {
      try (SnapshotStore.Upload upload = disk.upload("a")) {
        upload.write(content, 0, content.length);
        assertThat(partFiles()).isEqualTo(before);
        assertThat(openPartFiles()).isPositive();
        upload.commit();
      }
      assertThat(disk.read("a")).hasValue(content);
      try (SnapshotStore.Upload upload = disk.upload("b")) {
        upload.write(content, 0, content.length);
      }
      assertThat(disk.stat("b")).isEmpty();
      assertThat(disk.abortUploads("", Instant.now().plus(Duration.ofDays(1)))).isZero();
    }
    assertThat(partFiles()).isEqualTo(before);
    assertThat(openPartFiles()).isZero();
  }

  /** The files that this process has open although they are deleted. */
  private static long openPartFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(S3SnapshotStoreIT::isPartFile).count();
    }
  }

  private static boolean isPartFile(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      return file.contains("decant-part-") && file.endsWith("(deleted)");
    } catch (IOException e) {
      return false; // it was closed meanwhile
    }
  }

  private static long partFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("decant-part-")).count();
    }
  }
}
