package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.run.RunGuard;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the runs of one database, which is a service in an environment, one after the other. A run
 * holds the lease {@code .runs/database-SERVICE-ENVIRONMENT.json} from its beginning to its end.
 */
final class DatabaseTurn {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A folder of this machine is asked more often than a store that is paid for each request. */
  private static final Duration LOCAL_PAUSE = Duration.ofMillis(500);

  private final SanitizeRequest request;
  private final RunGuard guard;

  DatabaseTurn(SanitizeRequest request, RunGuard guard) {
    this.request = request;
    this.guard = guard;
  }

  /**
   * Waits for the lease. The caller closes it, which gives it back.
   *
   * @throws DecantException BUSY if another run still holds it when the patience has ended
   */
  RunClaim take() {
    return guard.interruptibly(this::await);
  }

  private RunClaim await() {
    Instant end = Instant.now().plus(request.execution().turn().patience());
    boolean told = false;
    while (true) {
      switch (claim()) {
        case RunClaim.Outcome.Claimed(RunClaim claim) -> {
          return claim;
        }
        case RunClaim.Outcome.Taken other -> {
          if (!Instant.now().isBefore(end)) {
            throw busy(request, id(), other);
          }
          if (!told) {
            request.execution().progress().message("waiting: " + holder(request, id(), other));
            told = true;
          }
        }
      }
      pause();
    }
  }

  private RunClaim.Outcome claim() {
    SnapshotStore store = request.store();
    RunClaim.Outcome outcome = tryClaim();
    if (outcome instanceof RunClaim.Outcome.Taken other && RunOwner.killed(store, other)) {
      store.delete(RunClaim.key(id()));
      outcome = tryClaim();
    }
    return outcome;
  }

  private RunClaim.Outcome tryClaim() {
    SnapshotName name = request.name();
    return RunClaim.claim(
        request.store(),
        id(),
        name.service() + '/' + name.environment() + '/',
        RunClaim.LEASE,
        request.execution().turn().claimant());
  }

  private String id() {
    return RunClaim.databaseId(request.name().service(), request.name().environment());
  }

  private void pause() {
    try {
      Thread.sleep(request.store().isRemote() ? PAUSE : LOCAL_PAUSE);
    } catch (InterruptedException e) {
      guard.check();
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was cancelled while it waited for another run.");
    }
  }

  /** The error of a run that cannot wait any longer for another one. */
  static DecantException busy(SanitizeRequest request, String id, RunClaim.Outcome.Taken other) {
    return new DecantException(
        ErrorCode.BUSY,
        holder(request, id, other)
            + " Run again when it has ended. If it was killed, its lease expires "
            + RunClaim.LEASE.plus(RunClaim.SKEW).toSeconds()
            + " seconds after its last renewal.");
  }

  private static String holder(SanitizeRequest request, String id, RunClaim.Outcome.Taken other) {
    return "Another run of "
        + request.name().service()
        + '/'
        + request.name().environment()
        + " has been at work since "
        + other.claimed()
        + " ("
        + other.owner()
        + "; "
        + request.store().locate(RunClaim.key(id))
        + ").";
  }
}
