package dev.decant.lambda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier call that was cut short left on this disk. */
@FunctionalInterface
interface Leftovers {
  Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Removes it; what cannot be removed is logged and stays. */
  void remove();

  /**
   * Everything in a folder, which must be this process's alone. A folder that is not there: fine.
   */
  static Leftovers in(Path folder) {
    return () -> {
      if (!Files.isDirectory(folder)) {
        return;
      }
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
        for (Path each : found) {
          LOG.warn("removing {}, which an earlier call left", each);
          delete(each);
        }
      } catch (IOException e) {
        LOG.warn("cannot remove what an earlier call left in {}", folder, e);
      }
    };
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
