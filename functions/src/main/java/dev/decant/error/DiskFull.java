package dev.decant.error;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes failures that a full disk caused, and makes the error for them. */
public final class DiskFull {
  private static final int CAUSES = 8;

  private DiskFull() {}

  /** Whether a write failed because a disk is full or a quota is exhausted. */
  public static boolean is(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES; i++) {
      if (isSaidIn(String.valueOf(cause.getMessage()))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether the output of a program says that a disk is full or a quota is exhausted. */
  public static boolean isSaidIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }

  /**
   * The number of bytes that this process can still write on the disk of a folder, or -1 if that is
   * unknown. The folder does not need to exist.
   */
  public static long free(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return -1;
    }
    File file = there.toFile();
    return file.getTotalSpace() == 0 ? -1 : file.getUsableSpace();
  }

  /**
   * Makes the error.
   *
   * @param folder a folder on the full disk
   * @param needed how many bytes are needed there, approximately
   * @param what what the bytes are needed for
   * @param remedy one or more sentences about what to do
   */
  public static DecantException error(
      Path folder, long needed, String what, String remedy, @Nullable Throwable cause) {
    String message =
        String.format(
            Locale.ROOT,
            "The disk of the folder %s is full: about %,d MB are needed there for %s%s. %s",
            folder,
            Math.max(1, needed >> 20),
            what,
            isFree(free(folder)),
            remedy);
    return cause == null
        ? new DecantException(ErrorCode.DISK_FULL, message)
        : new DecantException(ErrorCode.DISK_FULL, message, cause);
  }

  private static String isFree(long bytes) {
    return bytes < 0 ? "" : String.format(Locale.ROOT, ", and %,d MB are free", bytes >> 20);
  }
}
