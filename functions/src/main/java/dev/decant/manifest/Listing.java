package dev.decant.manifest;

import java.util.List;

/**
 * The snapshots of a store.
 *
 * @param snapshots newest first, by the time the raw snapshot was taken
 * @param unreadable why manifests that are there are not among them, a line each
 * @param total manifests that there are; more than these where only the newest were asked for
 */
public record Listing(List<SnapshotSummary> snapshots, List<String> unreadable, int total) {
  public Listing {
    snapshots = List.copyOf(snapshots);
    unreadable = List.copyOf(unreadable);
  }

  /** All that there are. */
  Listing(List<SnapshotSummary> snapshots, List<String> unreadable) {
    this(snapshots, unreadable, snapshots.size() + unreadable.size());
  }
}
