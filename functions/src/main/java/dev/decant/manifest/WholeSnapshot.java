package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published snapshot that was checked before any of its rows is read. The check covers its
 * signature, the size of its dump, and the completeness of its list of frames. The check sum of
 * each frame is compared later, when the frame is read.
 *
 * @param warning what a reader without a public key must know about the signature
 */
public record WholeSnapshot(Manifest manifest, Optional<String> warning) {
  /**
   * Reads and checks the manifest of a snapshot.
   *
   * @param key the reader's public key, or null if it has none
   * @throws DecantException {@link ErrorCode#SNAPSHOT_NOT_FOUND} if it has no manifest, {@link
   *     ErrorCode#SIGNATURE_INVALID}, or {@link ErrorCode#SNAPSHOT_DAMAGED}
   */
  public static WholeSnapshot read(
      SnapshotStore store, SnapshotName name, @Nullable PublicKey key) {
    PublishedManifest published = new Snapshots(store).read(name, key);
    Optional<String> warning = published.verification().require(name);
    requireDump(store, published.manifest());
    ManifestFrames.requireWhole(
        published.manifest(), store.locate(name.key(SnapshotName.MANIFEST)));
    return new WholeSnapshot(published.manifest(), warning);
  }

  private static void requireDump(SnapshotStore store, Manifest manifest) {
    String key = manifest.snapshot().key(SnapshotName.DUMP);
    long size = store.stat(key).map(StoredObject::size).orElse(-1L);
    if (size != manifest.dump().size()) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          store.locate(key)
              + (size < 0
                  ? " does not exist, although its manifest does"
                  : " has " + size + " bytes, but its manifest says " + manifest.dump().size())
              + ". No database was touched. Take another snapshot, which `decant list --all`"
              + " shows, or sanitize this one again.");
    }
  }
}
