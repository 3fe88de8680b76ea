package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/** The errors that the classes of this package throw and pass on. */
final class Failures {
  private Failures() {}

  /** The error of a wait that was interrupted. */
  static DecantException cancelled() {
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
  }

  /**
   * Turns what a thread threw into an error that other threads may throw. The text of an unknown
   * exception may contain data that the thread worked on, so only its type and its place are kept.
   *
   * @param work what the thread did, for the message: the name of its group
   */
  static DecantException of(String work, Throwable thrown) {
    if (thrown instanceof DecantException known) {
      return known;
    }
    StackTraceElement[] trace = thrown.getStackTrace();
    String place = trace.length > 0 ? " at " + trace[0] : "";
    DecantException bug =
        new DecantException(
            ErrorCode.BUG, work + " failed: " + thrown.getClass().getName() + place);
    bug.setStackTrace(trace);
    return bug;
  }

  /**
   * Returns the reason why the run has ended, if it has ended, because any other error is a
   * consequence of it. Otherwise returns the given error.
   */
  static DecantException orEnd(Runnable guard, DecantException other) {
    try {
      guard.run();
      return other;
    } catch (DecantException ended) {
      return ended;
    }
  }
}
