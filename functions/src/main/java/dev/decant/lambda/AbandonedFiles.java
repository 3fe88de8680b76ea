package dev.decant.lambda;

import dev.decant.scratch.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that an earlier, interrupted call left on this disk. */
@FunctionalInterface
interface AbandonedFiles {
  Logger LOG = LoggerFactory.getLogger(AbandonedFiles.class);

  /** Removes the files. A file that cannot be removed is logged and stays. */
  void remove();

  /** All files of a folder that only this process uses. The folder need not exist. */
  static AbandonedFiles in(Path folder) {
    return () -> {
      if (!Files.isDirectory(folder)) {
        return;
      }
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
        for (Path each : found) {
          LOG.warn("removing {}, which an earlier call left", each);
          Folders.delete(each);
        }
      } catch (IOException e) {
        LOG.warn("cannot remove the files that an earlier call left in {}", folder, e);
      }
    };
  }
}
