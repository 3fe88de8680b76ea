package dev.decant.lambda;

import dev.decant.sanitize.SanitizeResult;
import java.time.Instant;

/** Sanitizes one dump. It closes everything that it opens. */
@FunctionalInterface
interface SanitizeJob {
  /**
   * Publishes the snapshot, or reports that another run published it.
   *
   * @param deadline the time by which the job must have ended and cleaned up
   */
  SanitizeResult run(RawDump dump, Instant deadline);
}
