package dev.decant.lambda;

import dev.decant.scratch.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier call that was cut short left on this disk. */
@FunctionalInterface
interface AbandonedFiles {
  Logger LOG = LoggerFactory.getLogger(AbandonedFiles.class);

  /** Removes it; what cannot be removed is logged and stays. */
  void remove();

  /**
   * Everything in a folder, which must be this process's alone. A folder that is not there: fine.
   */
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
        LOG.warn("cannot remove what an earlier call left in {}", folder, e);
      }
    };
  }
}
