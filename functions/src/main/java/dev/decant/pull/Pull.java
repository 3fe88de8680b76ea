package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.CachedFrames;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCache;
import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestFrames;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.TableShare;
import dev.decant.store.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * Pulls a sanitized snapshot. Only what has a manifest can be pulled: a raw snapshot has none, and
 * there is no way around it. Whatever ends a pull early leaves nothing.
 */
public final class Pull {
  private Pull() {}

  /**
   * Pulls it.
   *
   * @throws DecantException SNAPSHOT_NOT_FOUND where there is no manifest, SIGNATURE_INVALID and
   *     SNAPSHOT_DAMAGED where it is not what it says, REFUSED where something would be overwritten
   *     that the person did not agree to, kind DATABASE where the server cannot take it
   */
  public static PullResult run(PullRequest request) {
    PublishedManifest published =
        new Snapshots(request.store()).read(request.snapshot(), request.verifyKey());
    published.verification().require(request.snapshot()).ifPresent(request.progress()::message);
    Manifest manifest = published.manifest();
    requireDump(request, manifest);
    ManifestFrames.requireWhole(
        manifest, request.store().locate(request.snapshot().key(SnapshotName.MANIFEST)));
    FrameSource frames = frames(request);
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    SelectedContent choice = SelectedContent.of(request.selection(), manifest, schema);
    request.progress().tables(shares(choice, manifest));
    try {
      return switch (request.target()) {
        case PullTarget.OnServer target ->
            new DatabasePull(request, manifest, frames, choice).run(target);
        case PullTarget.ToFile target ->
            new DumpPull(request, manifest, frames, choice).toFile(target);
        case PullTarget.ToStream target ->
            new DumpPull(request, manifest, frames, choice).toStream(target.stream());
      };
    } finally {
      Optional.ofNullable(request.cache()).ifPresent(FrameCache::trim);
    }
  }

  /** A dump that is gone, or another one under its name, is told before anything is made. */
  private static void requireDump(PullRequest request, Manifest manifest) {
    String key = request.snapshot().key(SnapshotName.DUMP);
    long size = request.store().stat(key).map(StoredObject::size).orElse(-1L);
    if (size != manifest.dump().size()) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          request.store().locate(key)
              + (size < 0
                  ? " is gone, though its manifest is there"
                  : " has " + size + " bytes, its manifest says " + manifest.dump().size())
              + ". Take another snapshot: `decant list --all`.");
    }
  }

  private static FrameSource frames(PullRequest request) {
    FrameSource stored =
        new StoredFrames(request.store(), request.snapshot().key(SnapshotName.DUMP));
    FrameCache cache = request.cache();
    return cache == null ? stored : new CachedFrames(stored, cache);
  }

  private static List<TableShare> shares(SelectedContent choice, Manifest manifest) {
    return manifest.tables().stream()
        .filter(t -> choice.tables().contains(t.table()))
        .map(
            t ->
                new TableShare(
                    t.table().toString(),
                    t.rowsOut(),
                    manifest.frames().stream()
                        .filter(f -> f.kind() == Frame.Kind.ROWS && t.table().equals(f.table()))
                        .mapToLong(Frame::textLength)
                        .sum()))
        .toList();
  }
}
