package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedFilesIT {
  @Test
  void folderIsEmptiedAndNoLinkIsFollowed(@TempDir Path folder) throws IOException {
    Path work = folder.resolve("work");
    Path spool = Files.createDirectories(work.resolve("run-1/spool"));
    Files.writeString(spool.resolve("frame"), "x");
    Files.writeString(work.resolve("file"), "x");
    Path other = Files.createDirectory(folder.resolve("other"));
    Path kept = Files.writeString(other.resolve("kept"), "x");
    Files.createSymbolicLink(spool.resolve("link"), other);

    AbandonedFiles.in(work).remove();

    assertThat(work).isEmptyDirectory();
    assertThat(kept).exists();
  }

  @Test
  void missingFolderIsFine(@TempDir Path folder) {
    AbandonedFiles.in(folder.resolve("none")).remove();
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
