package dev.decant.lambda;

import dev.decant.sanitize.SanitizeResult;
import java.time.Instant;

/** Sanitizes one dump. What it opens it closes. */
@FunctionalInterface
interface SanitizeJob {
  /**
   * Publishes it, or finds that another run did.
   *
   * @param deadline when it must have ended, all cleaned up
   */
  SanitizeResult run(RawDump dump, Instant deadline);
}
