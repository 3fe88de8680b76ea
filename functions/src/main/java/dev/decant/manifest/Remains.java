package dev.decant.manifest;

import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Files of snapshots that have no manifest. A publication that was killed leaves them, and so does
 * a deletion that failed after the manifest. No reader uses them.
 */
public final class Remains {
  private Remains() {}

  /**
   * The files that were last changed before a time, and on whose database no live run works.
   *
   * @param before it must be so long ago that every publication which began then has ended
   */
  public static List<StoredObject> find(SnapshotStore store, Instant before) {
    List<StoredObject> objects = store.list("");
    Set<SnapshotName> published =
        objects.stream()
            .flatMap(object -> SnapshotName.ofManifest(object.key()).stream())
            .collect(Collectors.toSet());
    return objects.stream()
        .filter(object -> object.modified().isBefore(before))
        .filter(object -> isRemaining(store, object, Predicate.not(published::contains)))
        .toList();
  }

  /**
   * Deletes one of these files, unless its manifest was published or a run began to work on its
   * database meanwhile. Returns whether it did.
   */
  public static boolean delete(SnapshotStore store, StoredObject file) {
    boolean remaining =
        isRemaining(store, file, name -> store.stat(name.key(SnapshotName.MANIFEST)).isEmpty());
    if (remaining) {
      store.delete(file.key());
    }
    return remaining;
  }

  /** Deletes the files of a snapshot that nobody is publishing, unless it has a manifest. */
  public static void delete(SnapshotStore store, SnapshotName name) {
    if (store.stat(name.key(SnapshotName.MANIFEST)).isEmpty()) {
      store.delete(name.key(SnapshotName.REPORT));
      store.delete(name.key(SnapshotName.MD5));
      store.delete(name.key(SnapshotName.DUMP));
    }
  }

  private static boolean isRemaining(
      SnapshotStore store, StoredObject object, Predicate<SnapshotName> unpublished) {
    return SnapshotName.FILES.stream()
        .flatMap(suffix -> SnapshotName.of(object.key(), suffix).stream())
        .findFirst()
        .filter(unpublished)
        .filter(name -> !RunClaim.isAtWork(store, name.service(), name.environment()))
        .isPresent();
  }
}
