package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;

/**
 * Errors for an embedded server that does not start. The messages show the server's output, because
 * it has not seen a row yet.
 */
final class ServerFailure {
  private static final int SHOWN = 600;
  private static final String WAYS_OUT =
      " Or name a server with DECANT_SCRATCH=postgresql://user@host/database.";

  private ServerFailure() {}

  /**
   * As {@link #of(String, String)}, for a program that writes to a folder. The output of the
   * program often does not mention a full disk, because the output is on the same disk.
   *
   * @param needed the approximate number of bytes that the program writes there
   */
  static DecantException of(String what, String said, Path folder, long needed) {
    String remedy =
        "Free some space, or name folders on a larger disk with DECANT_CACHE and DECANT_WORK."
            + WAYS_OUT;
    return of(what, said, folder, needed, remedy);
  }

  static DecantException of(String what, String said, Path folder, long needed, String remedy) {
    long free = DiskFull.free(folder);
    if (!DiskFull.isSaidIn(said) && (free < 0 || free >= needed)) {
      return of(what, said);
    }
    String server = "the embedded PostgreSQL (" + what + ")";
    return DiskFull.error(folder, needed, server, remedy, null);
  }

  static DecantException of(String what, String said) {
    String text = said.strip();
    if (text.length() > SHOWN) {
      text = "…" + text.substring(text.length() - SHOWN);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "The embedded PostgreSQL does not start: "
            + what
            + (text.isEmpty() ? "" : " (" + text.replaceAll("\\s*\n\\s*", " | ") + ")")
            + '.'
            + hint(said)
            + WAYS_OUT);
  }

  private static String hint(String said) {
    if (said.contains("libstdc++") || said.contains("libgcc_s")) {
      return " Install the libraries libstdc++ and libgcc (packages libstdc++6 and libgcc-s1).";
    }
    if (said.contains("error while loading shared libraries")
        || said.contains("Library not loaded")
        || said.contains("GLIBC_")) {
      return " Install the named library; it is missing or too old (glibc 2.27 or later is"
          + " needed).";
    }
    if (said.contains("could not create shared memory segment")) {
      return " This sandbox forbids System V shared memory (shmget), which PostgreSQL needs. Run"
          + " decant elsewhere, for example as a Fargate task.";
    }
    if (said.contains("No space left on device")) {
      return " The disk is full. Free some space, or choose other folders with DECANT_CACHE and"
          + " DECANT_WORK.";
    }
    if (said.contains("could not look up effective user ID")) {
      return " The file /etc/passwd has no entry. Add one for any account.";
    }
    return "";
  }
}
