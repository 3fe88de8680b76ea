package dev.decant.manifest;

import java.util.List;

/**
 * The snapshots of a store.
 *
 * @param snapshots newest first, by the time when the raw snapshot was taken
 * @param unreadable for each manifest that cannot be read, a line that says why
 * @param total the number of manifests in the store, which is larger if only the newest were
 *     requested
 */
public record Listing(List<SnapshotSummary> snapshots, List<String> unreadable, int total) {
  public Listing {
    snapshots = List.copyOf(snapshots);
    unreadable = List.copyOf(unreadable);
  }

  /** A listing of all snapshots of a store. */
  Listing(List<SnapshotSummary> snapshots, List<String> unreadable) {
    this(snapshots, unreadable, snapshots.size() + unreadable.size());
  }
}
