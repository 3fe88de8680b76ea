package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.target.Target;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;

/**
 * The lock of a target's database, which keeps other runs away from it. It is an advisory lock of
 * one session, so the server releases it when the process ends. A sweep holds a second lock, by
 * which a run sees that it only has to wait for a moment.
 */
final class TargetLock {
  private static final String RUN = "decant refresh";
  private static final String SWEEP = "decant sweep";

  /** A sweep drops one database while it has the lock, which takes seconds. */
  private static final Duration SWEEP_TAKES = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Connection connection;
  private final String database;
  private final String key;
  private final String doing;

  /**
   * @param connection the connection whose session has the lock; the caller owns it
   * @param database the name of the target's database
   */
  TargetLock(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
    this.key = "pg_catalog.hashtext(" + Quoting.literal(database) + ")";
    this.doing = "locking database " + database;
  }

  /**
   * Takes the lock for a run. If a sweep has it, this method waits for the end of the sweep.
   *
   * @throws DecantException {@link ErrorCode#REFUSED} if another run has it
   */
  void take(Target target) {
    Instant end = Instant.now().plus(SWEEP_TAKES);
    boolean taken = tryTake();
    while (!taken && isHeldByOthers(SWEEP) && Instant.now().isBefore(end)) {
      pause();
      taken = tryTake();
    }
    // The sweep may have ended after the last attempt.
    if (!taken && !tryTake()) {
      throw RefreshErrors.refused(
          target,
          "Another refresh or rollback of " + database + " is running. Wait until it ends.");
    }
  }

  /** Takes the lock for a sweep, unless a run or another sweep has it. */
  boolean tryTakeToSweep() {
    Queries.execute(
        connection, "SELECT pg_catalog.pg_advisory_lock_shared(" + keys(SWEEP) + ")", doing);
    return tryTake();
  }

  /** Whether a run has the lock. It may be the run of any role. */
  boolean isTaken() {
    return isHeldByOthers(RUN);
  }

  /**
   * Takes the lock unless a running process has it. A run of another role may hold its lock in
   * another maintenance database. So this method first takes its own lock and then looks for such
   * locks in all databases: of two runs that start at the same time, at most one goes on.
   */
  private boolean tryTake() {
    return Queries.isTrue(
            connection, "SELECT pg_catalog.pg_try_advisory_lock(" + keys(RUN) + ")", doing)
        && !isHeldByOthers(RUN);
  }

  private String keys(String kind) {
    return "pg_catalog.hashtext(" + Quoting.literal(kind) + "), " + key;
  }

  /** Shows whether another session has a lock, in any database of the server. */
  private boolean isHeldByOthers(String kind) {
    // pg_locks shows the two numbers of an advisory lock as oids, which are unsigned.
    return Queries.isTrue(
        connection,
        """
        SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_locks
        WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND pid <> pg_catalog.pg_backend_pid()
          AND classid::bigint = pg_catalog.hashtext(%s)::bigint & 4294967295
          AND objid::bigint = %s::bigint & 4294967295
        """
            .formatted(Quoting.literal(kind), key),
        doing);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED,
          "The run was cancelled before it began; " + RefreshErrors.UNCHANGED + ".");
    }
  }
}
