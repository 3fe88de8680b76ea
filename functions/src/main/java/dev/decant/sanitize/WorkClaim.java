package dev.decant.sanitize;

import dev.decant.manifest.SnapshotInputs;
import dev.decant.manifest.SnapshotName;
import dev.decant.source.Source;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;

/**
 * Claims the work of a sanitize run in the store, and removes a claim that has no effect any more.
 */
final class WorkClaim {
  private final SnapshotStore store;
  private final SnapshotName name;
  private final String id;

  WorkClaim(SnapshotStore store, Source source, SnapshotInputs work) {
    this.store = store;
    this.name = work.name();
    String inputs = String.valueOf(work.policy().inputs());
    this.id = RunClaim.id(source.uri(), source.identity(), name.toString(), inputs);
  }

  /** Claims the work, or returns the claim of another run of the same work. */
  RunClaim.Outcome claim() {
    RunClaim.Outcome outcome = tryClaim();
    if (outcome instanceof RunClaim.Outcome.Duplicate other && isObsolete(other)) {
      store.delete(".runs/" + id + ".json");
      outcome = tryClaim();
    }
    return outcome;
  }

  private RunClaim.Outcome tryClaim() {
    return RunClaim.claim(store, id, name.key(""), RunClaim.LEASE, RunOwner.description());
  }

  /** Whether the snapshot of that run was removed since, or that run was killed on this machine. */
  private boolean isObsolete(RunClaim.Outcome.Duplicate other) {
    if (other.done()) {
      return store.stat(name.key(SnapshotName.MANIFEST)).isEmpty();
    }
    return !store.isRemote() && RunOwner.killedHere(other.owner());
  }
}
