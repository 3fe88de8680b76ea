package dev.decant.lambda;

import dev.decant.sanitize.SanitizeResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sanitizes one dump. It closes everything that it opens. */
@FunctionalInterface
interface SanitizeJob {
  /**
   * Publishes the snapshot, or reports that another run published it.
   *
   * @param order the ID of the order that the run carries out, see {@link
   *     dev.decant.sanitize.Turn#order}
   * @param deadline the time by which the job must have ended and cleaned up
   */
  SanitizeResult run(RawDump dump, @Nullable String order, Instant deadline);
}
