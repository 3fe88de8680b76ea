package dev.decant.pull;

import dev.decant.frame.FrameCache;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A pull of one snapshot.
 *
 * @param jobs the number of connections that load at the same time
 */
public record PullRequest(
    Source source,
    Selection selection,
    PullTarget target,
    int jobs,
    Questions questions,
    Progress progress) {
  /**
   * The snapshot to pull.
   *
   * @param store the store of sanitized snapshots, which the caller opens and closes
   * @param verifyKey the public key that must have signed it; null if any snapshot is accepted
   * @param cache a cache for frames of a remote store; null if there is none
   */
  public record Source(
      SnapshotStore store,
      SnapshotName snapshot,
      @Nullable PublicKey verifyKey,
      @Nullable FrameCache cache) {}

  public PullRequest {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: " + jobs);
    }
  }
}
