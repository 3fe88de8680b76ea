package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.sanitize.SharedRun;
import dev.decant.scratch.ScratchServers;
import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Removes what a run left: its claims, its scratch databases, and its files in the store. */
public final class Forgetting {
  private Forgetting() {}

  /**
   * Removes everything of a run. No process of the run may be at work. If the scratch server does
   * not answer, because it is deleted itself, this is only a message.
   *
   * @param scratch the URL of the scratch server
   * @return whether the run had a plan
   */
  public static boolean run(
      SnapshotStore store, String scratch, SharedRun run, Consumer<String> message) {
    ScaleFiles files = new ScaleFiles(store, run);
    Optional<ScalePlan> plan = files.unseal(ScalePlan.FILE).map(ScalePlan::parse);
    plan.map(ScalePlan::scratch).ifPresent(used -> drop(scratch, run, used, message));
    plan.ifPresent(known -> known.claims().forEach(id -> release(store, id, run)));
    files.delete();
    return plan.isPresent();
  }

  private static void drop(
      String scratch, SharedRun run, ScalePlan.Scratch used, Consumer<String> message) {
    try {
      ScratchServers.forget(scratch, run.role(), List.of(used.schema(), used.rows()));
    } catch (DecantException e) {
      if (e.code() != ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      message.accept(
          "The scratch server does not answer, so its databases were not dropped: "
              + e.getMessage());
    }
  }

  /** Releases a claim that processes of this run left to each other. */
  private static void release(SnapshotStore store, String id, SharedRun run) {
    RunClaim.Outcome outcome =
        RunClaim.claim(
            store,
            id,
            ScaleFiles.prefix(run.id()),
            RunClaim.LEASE,
            new Claimant("forget " + run.id(), run.id()));
    if (outcome instanceof RunClaim.Outcome.Claimed(RunClaim claim)) {
      claim.close();
    }
  }
}
