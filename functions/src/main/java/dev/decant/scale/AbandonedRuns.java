package dev.decant.scale;

import dev.decant.sanitize.Sanitization;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The runs whose files are so old that no process of theirs can be at work. Their databases and
 * claims have leases of their own.
 */
public final class AbandonedRuns {
  /** The folder of the files of all runs in a store. */
  public static final String FOLDER = ScaleFiles.FOLDER;

  private AbandonedRuns() {}

  /** The IDs of these runs. */
  public static List<String> find(SnapshotStore store, Instant now) {
    Map<String, List<StoredObject>> runs =
        store.list(ScaleFiles.FOLDER).stream()
            .filter(file -> file.key().indexOf('/', ScaleFiles.FOLDER.length()) > 0)
            .collect(Collectors.groupingBy(file -> file.key().split("/", -1)[1]));
    return runs.entrySet().stream()
        .filter(run -> isAbandoned(run.getValue(), now))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Deletes the files of a run if it is still one of these. Returns whether it did. */
  public static boolean delete(SnapshotStore store, String run, Instant now) {
    boolean abandoned = isAbandoned(store.list(ScaleFiles.prefix(run)), now);
    if (abandoned) {
      ScaleFiles.delete(store, run);
    }
    return abandoned;
  }

  /** Whether a run has files and is none of these. */
  public static boolean isAtWork(SnapshotStore store, String run, Instant now) {
    List<StoredObject> files = store.list(ScaleFiles.prefix(run));
    return !files.isEmpty() && !isAbandoned(files, now);
  }

  private static boolean isAbandoned(Collection<StoredObject> files, Instant now) {
    Instant before = now.minus(Sanitization.PREPARED);
    return !files.isEmpty() && files.stream().allMatch(file -> file.modified().isBefore(before));
  }
}
