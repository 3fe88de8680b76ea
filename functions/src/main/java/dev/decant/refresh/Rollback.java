package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.hook.HookResult;
import dev.decant.hook.Phase;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use case "rollback": the newest previous database gets its name back. The current database
 * becomes the previous one, so a second rollback undoes the first. The hooks before and after the
 * swap run as in a refresh.
 */
public final class Rollback {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final TargetRun run;
  private final Target target;
  private final List<HookResult> before = new ArrayList<>();
  private final List<HookResult> after = new ArrayList<>();
  private long downtime;

  private Rollback(TargetRun run) {
    this.run = run;
    this.target = run.request.target();
  }

  /**
   * Rolls a target back. The request needs no snapshot.
   *
   * @throws DecantException {@link ErrorCode#REFUSED} if a guard fails or there is no previous
   *     database
   */
  public static RefreshResult run(RefreshRequest request) {
    return TargetRun.within(request, run -> new Rollback(run).run());
  }

  private RefreshResult run() {
    String previous =
        Queries.text(
                run.maintenance.connection(),
                run.names.wholePreviousOnes(),
                "looking for previous databases")
            .orElseThrow(
                () ->
                    RefreshErrors.refused(
                        target,
                        "The server has no previous database of "
                            + run.server.database()
                            + ". A rollback needs one that a refresh has kept; see previous.keep in"
                            + " the targets file."));
    requireOpen(previous);
    if (run.request.options().dryRun()) {
      return new RefreshResult.Planned(
          run.location(),
          null,
          previous,
          List.of(),
          List.of("end the sessions of " + run.server.database() + " and swap it with " + previous),
          run.activity(0));
    }
    try (RefreshHistory history =
        RefreshHistory.begin(
            run.server.connect(run.maintenance.historyDatabase()),
            target,
            run.server.database(),
            "rollback",
            snapshot(previous),
            null)) {
      return swap(history, previous);
    }
  }

  /**
   * Requires that this role can connect to the previous database. Otherwise the application could
   * not, either.
   */
  private void requireOpen(String previous) {
    try (Connection _ = run.server.connect(previous)) {
      LOG.debug("{} can be entered", previous);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
    }
  }

  /** The snapshot that a database came from, by its table decant.refresh; null if it has none. */
  private @Nullable String snapshot(String previous) {
    try (var connection = run.server.connect(previous)) {
      return Queries.text(
              connection, "SELECT snapshot FROM decant.refresh", "asking for the snapshot")
          .orElse(null);
    } catch (SQLException | DecantException e) {
      return null; // no refresh made it
    }
  }

  private RefreshResult swap(RefreshHistory history, String previous) {
    String undone = run.previousName();
    String name = String.valueOf(snapshot(previous));
    NextDatabase database = new NextDatabase(run.maintenance, run.server.database(), previous);
    try {
      run.step(
          history,
          RefreshStep.BEFORE_HOOKS,
          () -> {
            run.hooks(target.hooks().before(), Phase.BEFORE, run.server.database(), name, before);
            new SessionGuard(target, run.server, run.maintenance).requireNone(run.guard::check);
          });
      run.step(
          history,
          RefreshStep.SWAP,
          () ->
              downtime =
                  new DatabaseSwap(run.server, history, RefreshErrors.UNCHANGED, run.guard::check)
                      .run(database, undone, run.names.previousMark()));
    } catch (DecantException e) {
      run.takeBack(before, Phase.BEFORE, run.server.database(), name);
      throw recorded(history, run.guard.orEnd(e));
    }
    try {
      run.step(
          history,
          RefreshStep.AFTER_HOOKS,
          () -> run.hooks(target.hooks().after(), Phase.AFTER, run.server.database(), name, after));
    } catch (DecantException e) {
      // A failed hook does not undo a rollback: the caller wants the old database in any case.
      run.warnings.add(
          run.guard.hasEnded()
              ? "The run was ended before the hooks after the swap were done."
              : String.valueOf(e.getMessage()));
    }
    try (RefreshHistory again = history.again(run.server)) {
      again.done(downtime); // the end of the run may have broken the first connection
    }
    LOG.info("rolled back {} to {}", target.name(), previous);
    return new RefreshResult.RolledBack(
        run.location(), snapshot(run.server.database()), undone, run.activity(downtime));
  }

  private DecantException recorded(RefreshHistory history, DecantException cause) {
    try (RefreshHistory again = history.again(run.server)) {
      again.failed(String.valueOf(cause.getMessage()), false);
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
    }
    return cause;
  }
}
