package dev.decant.manifest;

import java.util.List;
import java.util.Map;

/**
 * The snapshots of a store.
 *
 * @param snapshots newest first, by the time when the raw snapshot was taken
 * @param unreadable for each manifest that cannot be read, a line that says why
 * @param damaged for each listed snapshot whose dump does not exist or has another size than its
 *     manifest states, a sentence that says so
 * @param total the number of manifests in the store, which is larger if only the newest were
 *     requested
 */
public record Listing(
    List<SnapshotSummary> snapshots,
    List<String> unreadable,
    Map<SnapshotName, String> damaged,
    int total) {
  public Listing {
    damaged = Map.copyOf(damaged);
    snapshots = List.copyOf(snapshots);
    unreadable = List.copyOf(unreadable);
  }

  /** A listing of all snapshots of a store. */
  Listing(List<SnapshotSummary> snapshots, List<String> unreadable) {
    this(snapshots, unreadable, Map.of(), snapshots.size() + unreadable.size());
  }

  Listing withDamaged(Map<SnapshotName, String> damaged) {
    return new Listing(snapshots, unreadable, damaged, total);
  }
}
