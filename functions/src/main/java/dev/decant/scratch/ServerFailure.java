package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;

/**
 * Why an embedded server did not come up. What it said until then is shown: it has seen no row yet.
 */
final class ServerFailure {
  private static final int SHOWN = 600;
  private static final String WAYS_OUT =
      "; or use a server: DECANT_SCRATCH=postgresql://user@host/database";

  private ServerFailure() {}

  /**
   * As {@link #of(String, String)}, of what writes to a folder. A full disk is often not told by
   * the program: what it says goes to the same disk.
   *
   * @param needed bytes that it writes there, about
   */
  static DecantException of(String what, String said, Path folder, long needed) {
    long free = DiskFull.free(folder);
    if (!DiskFull.isSaidIn(said) && (free < 0 || free >= needed)) {
      return of(what, said);
    }
    return DiskFull.error(
        folder,
        needed,
        "the embedded PostgreSQL (" + what + ")",
        "Free some space, or name folders on a larger disk by DECANT_CACHE and DECANT_WORK"
            + WAYS_OUT
            + ".",
        null);
  }

  static DecantException of(String what, String said) {
    String text = said.strip();
    if (text.length() > SHOWN) {
      text = "…" + text.substring(text.length() - SHOWN);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "the embedded PostgreSQL does not start: "
            + what
            + (text.isEmpty() ? "" : " (" + text.replaceAll("\\s*\n\\s*", " | ") + ")")
            + hint(said)
            + WAYS_OUT);
  }

  private static String hint(String said) {
    if (said.contains("libstdc++") || said.contains("libgcc_s")) {
      return "; install the libraries libstdc++ and libgcc (packages libstdc++6, libgcc-s1)";
    }
    if (said.contains("error while loading shared libraries")
        || said.contains("Library not loaded")
        || said.contains("GLIBC_")) {
      return "; the library named is missing or too old here (glibc 2.27 is needed)";
    }
    if (said.contains("could not create shared memory segment")) {
      return "; this sandbox forbids System V shared memory (shmget), which PostgreSQL cannot do"
          + " without: run decant elsewhere, as a Fargate task for instance";
    }
    if (said.contains("No space left on device")) {
      return "; the disk is full: make room, or choose other folders by DECANT_CACHE and"
          + " DECANT_WORK";
    }
    if (said.contains("could not look up effective user ID")) {
      return "; there is no /etc/passwd with any entry";
    }
    return "";
  }
}
