package dev.decant.sanitize;

import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest.LeakTrace.TraceException;
import dev.decant.manifest.SnapshotName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a sanitize run ended, if it did not fail. */
public sealed interface SanitizeResult {
  /** The name of the snapshot. */
  SnapshotName name();

  /** The location of the manifest, as a person can use it. */
  String manifestLocation();

  /** The wall time of each stage, in the order of the stages. */
  Map<String, Duration> timings();

  /** The kind of the result as it stands in JSON: {@code published} or {@code duplicate}. */
  String status();

  /** How many rows this run read from the dump. */
  default long rowsIn() {
    return 0;
  }

  /** How many rows this run published. */
  default long rowsOut() {
    return 0;
  }

  /** The size of the dump that this run published, in bytes. */
  default long dumpBytes() {
    return 0;
  }

  /** The published objects without rows that no database has verified. */
  default List<Unverified.Item> notVerified() {
    return List.of();
  }

  /** The columns and values that the policy excepts from the leak trace. */
  default List<TraceException> traceExceptions() {
    return List.of();
  }

  /**
   * What the checks of a run found.
   *
   * @param assertions the number of assertions, which all hold
   * @param notVerified the published objects without rows that no database has verified
   * @param traceExceptions the columns and values that the policy excepts from the leak trace
   */
  record Findings(
      int assertions, List<Unverified.Item> notVerified, List<TraceException> traceExceptions) {
    public Findings {
      notVerified = List.copyOf(notVerified);
      traceExceptions = List.copyOf(traceExceptions);
    }
  }

  /** This run published a snapshot. */
  record Published(
      SnapshotName name,
      String manifestLocation,
      long rowsIn,
      long rowsOut,
      long dumpBytes,
      Map<String, Duration> timings,
      Findings findings)
      implements SanitizeResult {
    @Override
    public List<Unverified.Item> notVerified() {
      return findings.notVerified();
    }

    @Override
    public List<TraceException> traceExceptions() {
      return findings.traceExceptions();
    }

    @Override
    public String status() {
      return "published";
    }
  }

  /**
   * The snapshot of the same source, policy and key was published before. This run published
   * nothing.
   */
  record Duplicate(SnapshotName name, String manifestLocation, Map<String, Duration> timings)
      implements SanitizeResult {
    @Override
    public String status() {
      return "duplicate";
    }
  }
}
