package dev.decant.pull;

import dev.decant.frame.FrameCache;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that somebody pulls.
 *
 * @param store the caller's
 * @param verifyKey that must have signed it; null: any snapshot will do
 * @param cache for frames of stores that are far, or null
 * @param jobs connections at work at a time
 */
public record PullRequest(
    SnapshotStore store,
    SnapshotName snapshot,
    @Nullable PublicKey verifyKey,
    Selection selection,
    PullTarget target,
    @Nullable FrameCache cache,
    int jobs,
    Questions questions,
    Progress progress) {
  public PullRequest {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: " + jobs);
    }
  }
}
