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
final class Undo {
  private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

  private final Run run;
  private final String snapshot;
  private final String next;
  private final String previous;

  /**
   * @param next the name of the new database before the swap
   * @param previous the name of the old one after it
   */
  Undo(Run run, String snapshot, String next, String previous) {
    this.run = run;
    this.snapshot = snapshot;
    this.next = next;
    this.previous = previous;
  }

  /** Undoes what it can, and tells where it cannot. */
  void run(
      History history, List<HookResult> before, List<HookResult> after, DecantException cause) {
    String database = run.server.database();
    try (Control control = Control.open(run.server)) {
      run.takeBack(after, Phase.AFTER, database, snapshot);
      boolean swapped = control.exists(previous);
      if (swapped) {
        swapBack(control);
      }
      control.drop(next);
      run.takeBack(before, Phase.BEFORE, database, snapshot);
      try (History again = history.again(run.server)) {
        again.failed(String.valueOf(cause.getMessage()), swapped);
      }
    } catch (DecantException e) {
      LOG.warn("taking back: {}", e.getMessage());
      run.request
          .progress()
          .message("What the run left is removed by the next one, or by decant sweep.");
    }
  }

  /** The failed database gets its first name back, to be dropped. */
  private void swapBack(Control control) {
    try (History history = History.none(run.server, control.historyDatabase())) {
      NextDatabase database = new NextDatabase(control, run.server.database(), previous);
      new Swap(run.server, history, () -> {}).run(database, next, run.names.nextMark());
      run.request.progress().message("rolled back: " + run.server.database() + " is what it was");
    }
  }
}
