package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.hook.HookResult;
import dev.decant.hook.Phase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes a refresh that failed. It asks the server how far the refresh came, because a run whose
 * connection broke cannot know.
 */
final class RefreshUndo {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshUndo.class);

  private final TargetRun run;
  private final String snapshot;
  private final NextDatabase next;
  private final String previous;

  /**
   * @param next the new database
   * @param previous the name that the old database has after the swap
   */
  RefreshUndo(TargetRun run, String snapshot, NextDatabase next, String previous) {
    this.run = run;
    this.snapshot = snapshot;
    this.next = next;
    this.previous = previous;
  }

  /**
   * Undoes as much as possible.
   *
   * @return the error to report: the cause, and what could not be undone
   */
  DecantException run(
      RefreshHistory history,
      List<HookResult> before,
      List<HookResult> after,
      DecantException cause) {
    String database = run.server.database();
    DecantException reported = cause;
    try (MaintenanceConnection maintenance = MaintenanceConnection.open(run.server)) {
      run.takeBack(after, Phase.AFTER, database, snapshot);
      boolean swapped = isSwapped(maintenance);
      boolean undone = true;
      if (swapped) {
        try {
          swapBack(maintenance);
        } catch (DecantException e) {
          undone = false;
          reported = notUndone(cause, e);
        }
      }
      maintenance.drop(next.name());
      run.takeBack(before, Phase.BEFORE, database, snapshot);
      try (RefreshHistory again = history.again(run.server)) {
        again.failed(String.valueOf(reported.getMessage()), swapped && undone);
      }
    } catch (DecantException e) {
      LOG.warn("undoing the refresh failed: {}", e.getMessage());
      run.request
          .progress()
          .message(
              "The failed run could not drop its databases: "
                  + e.getMessage()
                  + " The next run or decant sweep drops them.");
    }
    return reported;
  }

  private boolean isSwapped(MaintenanceConnection maintenance) {
    return next.oldExists()
        ? maintenance.exists(previous)
        : maintenance.exists(run.server.database()) && !maintenance.exists(next.name());
  }

  /**
   * Gives the failed database its first name again, so that it can be dropped. If there was no old
   * database, drops it at once.
   */
  private void swapBack(MaintenanceConnection maintenance) {
    String database = run.server.database();
    if (!next.oldExists()) {
      maintenance.requireDrop(database);
      run.request
          .progress()
          .message(
              "Dropped the new database. There was no database " + database + " before the run.");
      return;
    }
    try (RefreshHistory history = RefreshHistory.none(run.server, maintenance.historyDatabase())) {
      NextDatabase old = new NextDatabase(maintenance, database, previous);
      new DatabaseSwap(run.server, history, database + " is still the new database", () -> {})
          .run(old, next.name(), run.names.nextMark());
      run.request.progress().message("Rolled back. " + database + " is the old database again.");
    }
  }

  private DecantException notUndone(DecantException cause, DecantException e) {
    return new DecantException(
        cause.code(),
        cause.getMessage()
            + " NOT UNDONE: "
            + run.server.database()
            + " is still the new database. "
            + e.getMessage()
            + (next.oldExists()
                ? " The old database is " + previous + ". Run decant rollback."
                : ""));
  }
}
