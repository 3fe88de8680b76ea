package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a dump will fit the disk, told before its rows are loaded. */
final class DiskEstimate {
  /**
   * Bytes of a loaded table and its keys, for each byte of COPY text; measured between 1.0 and 1.4.
   */
  private static final double SCRATCH_PER_TEXT = 1.4;

  /** Bytes of compressed frames, for each byte of COPY text; dumps of text measure 0.15 to 0.3. */
  private static final double SPOOL_PER_TEXT = 0.3;

  private DiskEstimate() {}

  /**
   * Refuses where it will not fit. Unknown sizes (below 0) refuse nothing.
   *
   * @param rowBytes of COPY text
   * @param scratchFree bytes free where the scratch database lies
   * @param spoolFree bytes free where the frames wait
   * @param sameDisk whether both are one
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

  /** Bytes that the scratch database needs for rows of so much COPY text. */
  static long scratch(long rowBytes) {
    return (long) (rowBytes * SCRATCH_PER_TEXT);
  }

  /** Whether two folders lie on one disk; true where that is not known, for then more is asked. */
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
              "The dump will not fit: about %,d MB are needed for %s, %,d MB are free. Give a"
                  + " larger disk (DECANT_WORK; a function's ephemeral storage, at most 10,240 MB),"
                  + " put the scratch database on a server (--scratch postgresql://USER@HOST/DB),"
                  + " or truncate tables in the policy. Nothing was loaded.",
              needed >> 20,
              what,
              free >> 20));
    }
  }
}
