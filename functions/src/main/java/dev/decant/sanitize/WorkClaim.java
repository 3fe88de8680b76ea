package dev.decant.sanitize;

import dev.decant.manifest.SnapshotInputs;
import dev.decant.manifest.SnapshotName;
import dev.decant.source.Source;
import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;

/**
 * Claims the work of a sanitize run in the store, and removes a claim that has no effect any more.
 */
final class WorkClaim {
  private final SnapshotStore store;
  private final SnapshotName name;
  private final String id;
  private final Claimant claimant;

  WorkClaim(SanitizeRequest request, SnapshotInputs work) {
    this.store = request.store();
    this.name = work.name();
    this.claimant = request.execution().turn().claimant();
    Source source = request.source();
    String inputs = String.valueOf(work.policy().inputs());
    this.id = RunClaim.id(source.uri(), source.identity(), name.toString(), inputs);
  }

  String id() {
    return id;
  }

  /** Claims the work, or returns the claim of another run of the same work. */
  RunClaim.Outcome claim() {
    RunClaim.Outcome outcome = tryClaim();
    if (outcome instanceof RunClaim.Outcome.Taken other && isObsolete(other)) {
      store.delete(RunClaim.key(id));
      outcome = tryClaim();
    }
    return outcome;
  }

  private RunClaim.Outcome tryClaim() {
    return RunClaim.claim(store, id, name.key(""), RunClaim.LEASE, claimant);
  }

  /** Whether the snapshot of that run was removed since, or that run was killed on this machine. */
  private boolean isObsolete(RunClaim.Outcome.Taken other) {
    if (other.done()) {
      return store.stat(name.key(SnapshotName.MANIFEST)).isEmpty();
    }
    return RunOwner.killed(store, other);
  }
}
