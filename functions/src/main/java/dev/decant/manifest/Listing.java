package dev.decant.manifest;

import java.util.List;

/**
 * The snapshots of a store.
 *
 * @param snapshots newest first, by the time the raw snapshot was taken
 * @param unreadable why manifests that are there are not among them, a line each
 */
public record Listing(List<SnapshotSummary> snapshots, List<String> unreadable) {
  public Listing {
    snapshots = List.copyOf(snapshots);
    unreadable = List.copyOf(unreadable);
  }
}
