package dev.decant.error;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures, and what to say about it. */
public final class DiskFull {
  private static final int CAUSES = 8;

  private DiskFull() {}

  /** Whether the system refused to write because a disk is full or a quota is used up. */
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

  /** Whether a program's output says so. */
  public static boolean isSaidIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }

  /** Bytes that are free for us where the folder is, or will be; -1 where that is not known. */
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
   * The error to throw.
   *
   * @param folder that lies on the disk
   * @param needed bytes that are needed there, about
   * @param what they are needed for
   * @param remedy a sentence on what to do
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
