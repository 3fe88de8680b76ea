package dev.decant.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceIT {
  @TempDir Path folder = Path.of("set by JUnit");

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(code);
  }

  private Path dump() throws IOException {
    return Files.writeString(folder.resolve("dump.sql"), "-- text\n");
  }

  @Test
  void fileTellsWhatItIs() throws IOException {
    Path file = dump();
    try (Source source = Sources.open(file.toString());
        Source same = Sources.open(file.toUri().toString())) {
      assertThat(source.uri()).isEqualTo("file://" + file).isEqualTo(same.uri());
      assertThat(source.fileName()).isEqualTo("dump.sql");
      assertThat(source.size()).isEqualTo(8);
      assertThat(source.etag()).isNull();
      assertThat(source.rereadable()).isTrue();
      assertThat(source.modified()).hasValue(Files.getLastModifiedTime(file).toInstant());
      assertThat(source.statedMd5()).isEmpty();
      assertThat(source.open()).hasContent("-- text\n");
      assertThat(source.open()).hasContent("-- text\n");
    }
  }

  @Test
  void sidecarIsRead() throws IOException {
    Path file = dump();
    Files.writeString(folder.resolve("dump.sql.md5"), "0".repeat(32) + "  dump.sql\n");
    try (Source source = Sources.open(file.toString())) {
      assertThat(source.statedMd5()).hasValue("0".repeat(32));
      assertFails(
          ErrorCode.INPUT_CHECKSUM,
          () -> {
            try (DumpStream dump = DumpStream.open(source)) {
              dump.text().readAllBytes();
              dump.finish();
            }
          });
    }
  }

  @Test
  void fileThatGrowsMeanwhileIsAnError() throws IOException {
    Path file = dump();
    try (Source source = Sources.open(file.toString())) {
      Files.writeString(file, "more", StandardOpenOption.APPEND);
      assertFails(ErrorCode.SOURCE_CHANGED, () -> source.open().readAllBytes());
    }
  }

  @Test
  void namedPipeIsReadOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (Source source = Sources.open(pipe.toString())) {
      assertThat(source.size()).isEqualTo(-1);
      assertThat(source.rereadable()).isFalse();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Files.writeString(pipe, "-- text\n", StandardOpenOption.WRITE);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      try (DumpStream dump = DumpStream.open(source)) {
        assertThat(dump.text()).hasContent("-- text\n");
        dump.finish();
      }
      writer.join();
    }
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Path none = folder.resolve("none.sql");
    assertThatThrownBy(() -> Sources.open(none.toString()))
        .hasMessage("The file " + none + " does not exist. Check the path.");
    assertFails(ErrorCode.SOURCE_NOT_FOUND, () -> Sources.open(none.toString()));
    assertFails(ErrorCode.USAGE, () -> Sources.open(folder.toString()));
    assertThatThrownBy(() -> Sources.open("postgresql://u:secret@host/db"))
        .hasMessageStartingWith("A source cannot be postgresql://…. Name a file");
    assertFails(ErrorCode.USAGE, () -> Sources.open("https://host/dump.sql"));
    assertFails(ErrorCode.USAGE, () -> Sources.open("s3://bucket"));
    assertFails(ErrorCode.USAGE, () -> Sources.open(""));
  }
}
