package dev.decant.lambda;

import org.jspecify.annotations.Nullable;

/** The source that an event of {@code PlanRun} names. */
sealed interface PlanEvent {
  /** A dump in S3, or the folder of an archive in the directory format. */
  record Dump(RawDump dump) implements PlanEvent {}

  /**
   * A snapshot of an RDS instance or an Aurora cluster.
   *
   * @param byHand whether a person named it; otherwise RDS announced it
   */
  record Snapshot(SnapshotArn arn, boolean byHand) implements PlanEvent {}

  /** An event that is understood but needs no run. */
  record Nothing(String reason, @Nullable String source) implements PlanEvent {}
}
