package dev.decant.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.stream.Digests;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives in the directory format: as a folder, and below a prefix in S3. */
final class ArchiveFolderIT {
  @TempDir Path folder = Path.of("set by JUnit");

  private static Path fixture(String name) {
    return Path.of(
            Objects.requireNonNull(
                    ArchiveFolderIT.class.getResource("/archive/" + name + "/toc.dat"))
                .getPath())
        .resolveSibling("");
  }

  /** A copy of an archive that a test may damage. */
  private Path copy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("app_20260323-060000"));
    for (Path file : files(fixture("18/directory"))) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var list = Files.list(folder)) {
      return list.sorted().toList();
    }
  }

  private static String read(Source source) throws IOException {
    try (DumpStream dump = DumpStream.open(source)) {
      String text = new String(dump.text().readAllBytes(), UTF_8);
      dump.finish();
      assertThat(dump.compressedRead()).isEqualTo(dump.compressedTotal()).isEqualTo(source.size());
      return text;
    }
  }

  private static String read(Path folder) throws IOException {
    try (Source source = Sources.open(folder.toString())) {
      return read(source);
    }
  }

  private static void assertFails(ErrorCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "14", "15", "16", "17", "18"})
  void folderGivesTheTextOfPgRestore(String version) throws IOException {
    assertThat(read(fixture(version + "/directory")))
        .isEqualTo(ArchiveStreamTest.expected(version));
  }

  @Test
  void folderTellsWhatItIs() throws IOException {
    Path archive = copy();
    try (Source source = Sources.open(archive.toString())) {
      assertThat(source.uri()).isEqualTo(archive.toUri().toString());
      assertThat(source.fileName()).isEqualTo("app_20260323-060000");
      assertThat(source.etag()).isNull();
      assertThat(source.rereadable()).isTrue();
      assertThat(source.modified())
          .hasValue(Files.getLastModifiedTime(archive.resolve("toc.dat")).toInstant());
    }
  }

  /** As {@code LC_ALL=C sha256sum * | sha256sum} prints it. */
  @Test
  void digestCoversAllFiles() throws IOException {
    Path archive = copy();
    StringBuilder sums = new StringBuilder();
    for (Path file : files(archive)) {
      sums.append(Digests.sha256(Files.readAllBytes(file)))
          .append("  ")
          .append(file.getFileName())
          .append('\n');
    }
    try (Source source = Sources.open(archive.toString());
        DumpStream dump = DumpStream.open(source)) {
      assertThat(dump.text().readAllBytes()).isNotEmpty();
      dump.finish();
      assertThat(dump.sha256()).hasValue(Digests.sha256(sums.toString().getBytes(UTF_8)));
    }
  }

  @Test
  void missingAndCutFilesAreNamed() throws IOException {
    Path archive = copy();
    Path rows =
        files(archive).stream()
            .filter(file -> file.toString().endsWith(".dat.lz4"))
            .filter(file -> !file.toString().contains("blob"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(rows);
    Files.write(rows, Arrays.copyOf(bytes, bytes.length - 5));
    assertFails(ErrorCode.INPUT_CUT, rows.getFileName() + " is cut: it ends", () -> read(archive));
    Files.write(rows, new byte[0]);
    assertFails(ErrorCode.INPUT_CUT, "because their end mark is absent", () -> read(archive));
    Files.delete(rows);
    String name = String.valueOf(rows.getFileName()).replace(".lz4", "");
    assertFails(
        ErrorCode.INPUT_CUT,
        " has no file " + name + ", which its toc.dat names.",
        () -> read(archive));
  }

  @Test
  void fileThatChangesMeanwhileIsAnError() throws IOException {
    Path archive = copy();
    try (Source source = Sources.open(archive.toString())) {
      Path toc = archive.resolve("toc.dat");
      Files.setLastModifiedTime(toc, java.nio.file.attribute.FileTime.fromMillis(0));
      assertFails(ErrorCode.SOURCE_CHANGED, "changed while it was read", () -> read(source));
    }
  }

  /** The name of a file in the table of contents must not lead out of the folder. */
  @Test
  void namesThatLeaveTheFolderAreRefused() throws IOException {
    Path archive = copy();
    Path toc = archive.resolve("toc.dat");
    byte[] bytes = Files.readAllBytes(toc);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf(".dat", text.indexOf("COPY shop")) - 4;
    System.arraycopy("../x".getBytes(UTF_8), 0, bytes, at, 4);
    Files.write(toc, bytes);
    assertFails(ErrorCode.INPUT_INVALID, "has a file name that is not safe", () -> read(archive));
  }

  @Test
  void prefixInS3IsRead() throws IOException {
    String bucket = "s3://" + S3Server.running().newBucket();
    try (SnapshotStore store = Stores.open(bucket)) {
      for (Path file : files(fixture("18/directory"))) {
        store.put("app/prod/x/" + file.getFileName(), Files.readAllBytes(file));
      }
      store.put("app/prod/x/below/toc.dat", new byte[1]);
      store.put("app/prod/plain.sql", "-- text".getBytes(UTF_8));
    }
    try (Source source = Sources.open(bucket + "/app/prod/x/")) {
      assertThat(source.uri()).isEqualTo(bucket + "/app/prod/x/");
      assertThat(source.fileName()).isEqualTo("x");
      assertThat(read(source)).isEqualTo(ArchiveStreamTest.expected("18"));
    }
    assertFails(
        ErrorCode.USAGE, "/app/prod/ has no toc.dat", () -> Sources.open(bucket + "/app/prod/"));
    assertFails(
        ErrorCode.SOURCE_NOT_FOUND,
        "end its name with a slash",
        () -> Sources.open(bucket + "/app/prod/x"));
  }
}
