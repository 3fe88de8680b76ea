package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Estimates, before rows are loaded, whether the disks are large enough for a dump. */
final class DiskEstimate {
  /**
   * The size of a loaded table and its keys divided by the size of its COPY text. Measurements gave
   * 1.0 to 1.4.
   */
  private static final double SCRATCH_PER_TEXT = 1.4;

  /**
   * The size of the frames divided by the size of the COPY text. Dumps of text have 0.15 to 0.3.
   */
  private static final double SPOOL_PER_TEXT = 0.3;

  private DiskEstimate() {}

  /**
   * Throws if a disk is too small. A free space below 0 is unknown and is not checked.
   *
   * @param rowBytes the size of the COPY text in bytes
   * @param scratchFree the free space on the disk of the scratch database in bytes
   * @param spoolFree the free space on the disk of the frames in bytes
   * @param sameDisk whether these are the same disk
   */
  static void require(long rowBytes, long scratchFree, long spoolFree, boolean sameDisk) {
    long scratch = scratch(rowBytes);
    long spool = (long) (rowBytes * SPOOL_PER_TEXT);
    if (sameDisk) {
      refuse(scratch + spool, Math.min(scratchFree, spoolFree), "the scratch database and frames");
    } else {
      refuse(scratch, scratchFree, "the scratch database");
      refuse(spool, spoolFree, "frames");
    }
  }

  /** The number of bytes that the scratch database needs for this many bytes of COPY text. */
  static long scratch(long rowBytes) {
    return (long) (rowBytes * SCRATCH_PER_TEXT);
  }

  /** Whether two folders are on the same disk. If that is unknown, true is the stricter answer. */
  static boolean sameDisk(Path one, Path other) {
    try {
      return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return true;
    }
  }

  private static void refuse(long needed, long free, String what) {
    if (free >= 0 && needed > free) {
      throw new DecantException(
          ErrorCode.DISK_FULL,
          String.format(
              Locale.ROOT,
              "The disk is too small for the dump: about %,d MB are needed for %s, but %,d MB are"
                  + " free. No rows were loaded. Use a larger disk (--work, DECANT_WORK, or the"
                  + " ephemeral storage of a function, at most 10,240 MB), put the scratch database"
                  + " on a server (--scratch postgresql://USER@HOST/DB), or truncate tables in the"
                  + " policy.",
              needed >> 20,
              what,
              free >> 20));
    }
  }
}
