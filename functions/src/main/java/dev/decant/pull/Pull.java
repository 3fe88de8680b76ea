package dev.decant.pull;

import dev.decant.frame.CachedFrames;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCache;
import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.WholeSnapshot;
import dev.decant.progress.TableShare;
import java.util.List;
import java.util.Optional;

/**
 * Pulls a sanitized snapshot. A raw snapshot cannot be pulled, because it has no manifest. A pull
 * that ends early leaves nothing behind.
 */
public final class Pull {
  private Pull() {}

  /**
   * Pulls a snapshot.
   *
   * @throws DecantException SNAPSHOT_NOT_FOUND if it has no manifest; SIGNATURE_INVALID or
   *     SNAPSHOT_DAMAGED if it was changed; REFUSED if something would be replaced and the person
   *     did not agree; an error of kind DATABASE if the server cannot load it
   */
  public static PullResult run(PullRequest request) {
    PullRequest.Source source = request.source();
    WholeSnapshot snapshot =
        WholeSnapshot.read(source.store(), source.snapshot(), source.verifyKey());
    snapshot.warning().ifPresent(request.progress()::message);
    Manifest manifest = snapshot.manifest();
    FrameSource frames = frames(source);
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
      Optional.ofNullable(source.cache()).ifPresent(FrameCache::trim);
    }
  }

  private static FrameSource frames(PullRequest.Source source) {
    FrameSource stored = new StoredFrames(source.store(), source.snapshot().key(SnapshotName.DUMP));
    FrameCache cache = source.cache();
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
