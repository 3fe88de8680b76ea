package dev.decant.sanitize;

import dev.decant.load.Unverified;
import dev.decant.manifest.SnapshotName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param status whether it published, or found that another run did or does
 * @param rowsIn rows read, all tables
 * @param rowsOut rows published
 * @param dumpBytes size of the published dump
 * @param timings wall time by stage, in order
 * @param notVerified objects without rows that travel although no database has verified them
 */
public record SanitizeResult(
    Status status,
    SnapshotName name,
    String manifestLocation,
    long rowsIn,
    long rowsOut,
    long dumpBytes,
    Map<String, Duration> timings,
    List<Unverified.Item> notVerified) {
  public SanitizeResult {
    notVerified = List.copyOf(notVerified);
  }

  /** How a run can end well. */
  public enum Status {
    PUBLISHED,
    /**
     * The same source, policy and key were published before, or are just being sanitized by another
     * run.
     */
    DUPLICATE
  }
}
