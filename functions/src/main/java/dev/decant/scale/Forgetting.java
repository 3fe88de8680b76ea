package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Remains;
import dev.decant.manifest.SnapshotName;
import dev.decant.postgres.ServerUrl;
import dev.decant.sanitize.SharedRun;
import dev.decant.scratch.ScratchServers;
import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Removes what a run left: its claims, its scratch databases, and its files in the store. */
public final class Forgetting {
  private Forgetting() {}

  /**
   * Removes everything of a run, also if its plan was never written or cannot be read. No process
   * of the run may be at work, because it would lose its claims. If the scratch server does not
   * answer, because it is deleted itself, this is only a message.
   *
   * @param scratch the URL of the scratch server
   * @return whether the run had files in the store
   */
  public static boolean run(
      SnapshotStore store, String scratch, SharedRun run, Consumer<String> message) {
    return run(store, scratch, run, Set.of(), message);
  }

  /**
   * Removes what an earlier plan of the same run left.
   *
   * @param held the IDs of the claims of this process, which stay
   */
  static boolean run(
      SnapshotStore store,
      String scratch,
      SharedRun run,
      Set<String> held,
      Consumer<String> message) {
    ScaleFiles files = new ScaleFiles(store, run);
    boolean found = files.exist();
    Optional<ScalePlan> plan = readable(files, run, message);
    if (plan.map(ScalePlan::scratch).isPresent() || ServerUrl.isOne(scratch)) {
      drop(scratch, run, message);
    }
    if (plan.isPresent()) {
      release(store, plan.get(), run, held);
    } else if (found) {
      RunClaim.ofOrder(store, claimant(run)).stream()
          .filter(id -> !held.contains(id))
          .forEach(id -> release(store, id, run, () -> {}));
    }
    files.delete();
    return found;
  }

  private static Optional<ScalePlan> readable(
      ScaleFiles files, SharedRun run, Consumer<String> message) {
    try {
      return ScalePlan.find(files, run.id());
    } catch (DecantException e) {
      if (e.code() != ErrorCode.SNAPSHOT_DAMAGED) {
        throw e;
      }
      message.accept(
          "The plan of the run "
              + run.id()
              + " cannot be read. Everything that can be found without it is removed.");
      return Optional.empty();
    }
  }

  private static void drop(String scratch, SharedRun run, Consumer<String> message) {
    try {
      ScratchServers.forget(scratch, run.role());
    } catch (DecantException e) {
      if (e.code() != ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      message.accept(
          "The scratch server does not answer, so its databases were not dropped: "
              + e.getMessage());
    }
  }

  /** While the run has the turn of its database, no other run can be publishing there. */
  private static void release(
      SnapshotStore store, ScalePlan plan, SharedRun run, Set<String> held) {
    SnapshotName name = plan.snapshot();
    String turn = RunClaim.databaseId(name.service(), name.environment());
    for (String id : plan.claims()) {
      Runnable before = id.equals(turn) ? () -> removeUnpublished(store, name) : () -> {};
      if (held.contains(id)) {
        before.run();
      } else {
        release(store, id, run, before);
      }
    }
  }

  /** Removes what a killed {@code finish} has written of the snapshot. */
  private static void removeUnpublished(SnapshotStore store, SnapshotName name) {
    var _ = store.abortUploads(name.key(""), Instant.now());
    Remains.delete(store, name);
  }

  /** Releases a claim that processes of this run left to each other, after some work. */
  private static void release(SnapshotStore store, String id, SharedRun run, Runnable before) {
    RunClaim.Outcome outcome =
        RunClaim.claim(store, id, ScaleFiles.prefix(run.id()), RunClaim.LEASE, claimant(run));
    if (outcome instanceof RunClaim.Outcome.Claimed(RunClaim claim)) {
      try (claim) {
        before.run();
      }
    }
  }

  private static Claimant claimant(SharedRun run) {
    return new Claimant("forget " + run.id(), run.id(), Claimant.Relation.HEIR);
  }
}
