package dev.decant.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the text of a file. It writes a file beside it and renames that file, so that nobody
 * reads an incomplete text. The permissions of the old file stay, and a symbolic link stays a link.
 */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes the text.
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
    Path part = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".part");
    try {
      Files.writeString(part, text);
      if (before != null) {
        Files.setPosixFilePermissions(part, before.readAttributes().permissions());
      }
      Files.move(part, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
