package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderSnapshotStoreIT extends RacedStoreContract {
  @TempDir Path folder = Path.of("set by JUnit");

  @Override
  SnapshotStore create() {
    return Stores.open(folder.resolve("store").toString());
  }

  private Path root() {
    return folder.resolve("store");
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".decant.lock"))
          .toList();
    }
  }

  @Test
  void openingAndReadingMakesNothing() {
    assertThat(store.list("")).isEmpty();
    assertThat(store.read("a")).isEmpty();
    store.delete("a/b");
    assertThat(root()).doesNotExist();
  }

  @Test
  void fileUriNamesAFolder() {
    store.put("a", bytes("x"));
    try (SnapshotStore same = Stores.open(root().toUri().toString());
        SnapshotStore short1 = Stores.open("file:" + root())) {
      assertThat(same.list("")).hasSize(1);
      assertThat(short1.location()).isEqualTo(root().toString());
    }
  }

  @Test
  void noTemporaryFileIsLeft() throws IOException {
    store.put("a", bytes("x"));
    store.putIfAbsent("a", bytes("y"));
    store.putIfAbsent("b", bytes("y"));
    store.replace("b", bytes("z"), store.stat("b").orElseThrow().etag());
    try (SnapshotStore.Upload upload = store.upload("c")) {
      upload.write(bytes("x"), 0, 1);
    }

    assertThat(filesLeft()).containsExactlyInAnyOrder("a", "b");
  }

  /** Simulates a disk that takes only so many bytes. */
  private record FullDisk(FileChannel file, int room) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (file.size() + bytes.remaining() > room) {
        throw new IOException("No space left on device");
      }
      return file.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void fullDiskSaysWhatToDoAndLeavesNothing() throws IOException {
    TempFile.Opener full =
        file ->
            new FullDisk(
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                10);
    try (SnapshotStore small = new FolderSnapshotStore(root(), full);
        SnapshotStore.Upload upload = small.upload("s/dump")) {
      upload.write(new byte[10], 0, 10);
      assertThatThrownBy(() -> upload.write(new byte[1], 0, 1))
          .hasMessage(
              "The store could not write %s/s/dump: the disk is full. The unfinished file was removed."
                      .formatted(root())
                  + " Free space under "
                  + root()
                  + ", or name another store.");
      assertFails(ErrorCode.STORE_FAILED, () -> small.put("s/small", new byte[11]));
    }

    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void linkOutOfTheStoreIsRefused() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    store.put("a", bytes("x"));
    Files.createSymbolicLink(root().resolve("link"), outside);
    Files.createSymbolicLink(root().resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(root().resolve("nowhere"), outside.resolve("none"));

    assertFails(ErrorCode.STORE_DENIED, () -> store.read("link/secret"));
    assertFails(ErrorCode.STORE_DENIED, () -> store.put("link/new", bytes("x")));
    assertFails(ErrorCode.STORE_DENIED, () -> store.delete("link/secret"));
    assertFails(ErrorCode.STORE_DENIED, () -> store.read("file"));
    assertFails(ErrorCode.STORE_DENIED, () -> store.put("nowhere", bytes("x")));
    assertThat(store.list("")).extracting(StoredObject::key).containsExactly("a");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void rootMayBeALink() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(root(), real);
    store.put("a/b", bytes("x"));

    assertThat(store.list("")).extracting(StoredObject::key).containsExactly("a/b");
    assertThat(store.read("a/b")).isPresent();
    assertThat(real.resolve("a/b")).exists();
  }

  @Test
  void largeObjectsHaveATagOfTheirOwnToo() {
    store.put("a", random(10_000, 1));
    String etag = store.stat("a").orElseThrow().etag();
    assertThat(store.replace("a", random(10_000, 2), etag)).isTrue();
    assertThat(store.replace("a", random(10_000, 3), etag)).isFalse();
  }

  @Test
  void unknownSchemeIsNamedWithoutWhatFollows() {
    assertThatThrownBy(() -> Stores.open("postgresql://u:secret@host/db"))
        .hasMessage("A store cannot be postgresql://…. Name a folder or s3://bucket/prefix.");
    assertFails(ErrorCode.USAGE, () -> Stores.open(" "));
    assertFails(ErrorCode.USAGE, () -> Stores.open("s3:///x"));
    assertFails(ErrorCode.USAGE, () -> Stores.open("file:relative"));
  }
}
