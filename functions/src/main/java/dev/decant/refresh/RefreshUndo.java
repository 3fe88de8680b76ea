package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.hook.HookResult;
import dev.decant.hook.Phase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes staging what it was, as far as a refresh that failed has changed it. How far that is the
 * server is asked: a run whose connection broke cannot know.
 */
final class RefreshUndo {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshUndo.class);

  private final TargetRun run;
  private final String snapshot;
  private final NextDatabase next;
  private final String previous;

  /**
   * @param next the new database
   * @param previous the name of the old one after the swap
   */
  RefreshUndo(TargetRun run, String snapshot, NextDatabase next, String previous) {
    this.run = run;
    this.snapshot = snapshot;
    this.next = next;
    this.previous = previous;
  }

  /**
   * Undoes what it can.
   *
   * @return the error to tell: the cause, and what could not be undone
   */
  DecantException run(
      RefreshHistory history,
      List<HookResult> before,
      List<HookResult> after,
      DecantException cause) {
    String database = run.server.database();
    DecantException told = cause;
    try (MaintenanceConnection maintenance = MaintenanceConnection.open(run.server)) {
      run.takeBack(after, Phase.AFTER, database, snapshot);
      boolean swapped = isSwapped(maintenance);
      boolean undone = true;
      if (swapped) {
        try {
          swapBack(maintenance);
        } catch (DecantException e) {
          undone = false;
          told = notUndone(cause, e);
        }
      }
      maintenance.drop(next.name());
      run.takeBack(before, Phase.BEFORE, database, snapshot);
      try (RefreshHistory again = history.again(run.server)) {
        again.failed(String.valueOf(told.getMessage()), swapped && undone);
      }
    } catch (DecantException e) {
      LOG.warn("taking back: {}", e.getMessage());
      run.request
          .progress()
          .message("What the run left is removed by the next one, or by decant sweep.");
    }
    return told;
  }

  private boolean isSwapped(MaintenanceConnection maintenance) {
    return next.oldExists()
        ? maintenance.exists(previous)
        : maintenance.exists(run.server.database()) && !maintenance.exists(next.name());
  }

  /** The failed database gets its first name back, to be dropped; with no old one it just goes. */
  private void swapBack(MaintenanceConnection maintenance) {
    String database = run.server.database();
    if (!next.oldExists()) {
      maintenance.requireDrop(database);
      run.request.progress().message("dropped: there was no " + database + " before");
      return;
    }
    try (RefreshHistory history = RefreshHistory.none(run.server, maintenance.historyDatabase())) {
      NextDatabase old = new NextDatabase(maintenance, database, previous);
      new DatabaseSwap(run.server, history, database + " is the new database still", () -> {})
          .run(old, next.name(), run.names.nextMark());
      run.request.progress().message("rolled back: " + database + " is what it was");
    }
  }

  private DecantException notUndone(DecantException cause, DecantException e) {
    return new DecantException(
        cause.code(),
        cause.getMessage()
            + " NOT UNDONE: "
            + run.server.database()
            + " is the new database still. "
            + e.getMessage()
            + (next.oldExists() ? " The old one is " + previous + ": decant rollback." : ""));
  }
}
