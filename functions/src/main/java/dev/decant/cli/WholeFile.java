package dev.decant.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of a file. It writes a file beside it and renames that file, so that nobody
 * reads an incomplete content.
 */
final class WholeFile {
  /** Writes the content to a stream, which the caller closes. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /** Writes a file, which need not exist. Only its owner may read a file of this method. */
  static void replace(Path file, Writing writing) throws IOException {
    rename(
        file,
        part -> {
          try (OutputStream out = Files.newOutputStream(part)) {
            writing.to(out);
          }
        });
  }

  /**
   * Writes a text. The permissions of the old file stay, and a symbolic link stays a link.
   *
   * @param file must exist
   * @throws AccessDeniedException if nobody may write to the file
   */
  static void write(Path file, String text) throws IOException {
    Path real = file.toRealPath();
    PosixFileAttributeView before = Files.getFileAttributeView(real, PosixFileAttributeView.class);
    if (!Files.isWritable(real) || readOnly(before)) {
      throw new AccessDeniedException(file.toString());
    }
    rename(
        real,
        part -> {
          Files.writeString(part, text);
          if (before != null) {
            Files.setPosixFilePermissions(part, before.readAttributes().permissions());
          }
        });
  }

  /** Fills a new file. */
  private interface Filling {
    void of(Path part) throws IOException;
  }

  private static void rename(Path file, Filling filling) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".part");
    try {
      filling.of(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Whether a file has no right to write at all. The system user may write to it all the same. */
  private static boolean readOnly(@Nullable PosixFileAttributeView file) throws IOException {
    return file != null
        && file.readAttributes().permissions().stream()
            .noneMatch(permission -> permission.name().endsWith("_WRITE"));
  }
}
