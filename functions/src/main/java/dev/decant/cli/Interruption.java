package dev.decant.cli;

import java.io.PrintStream;

/**
 * Reports Ctrl-C and SIGTERM, and remembers that they happened. The shutdown hooks of other classes
 * then close their servers and files, and the JVM ends the process with exit code 130 or 143.
 */
final class Interruption {
  private volatile boolean commandEnded;
  private volatile boolean happened;

  private Interruption() {}

  /** Guards the process until {@link #commandEnded()}. */
  static Interruption guard(PrintStream err) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.happen(err), "interruption"));
    return interruption;
  }

  /** Whether a signal is ending the process. The errors of the command then follow from that. */
  boolean happened() {
    return happened;
  }

  /** Must be called when the command has returned, before the process ends normally. */
  void commandEnded() {
    commandEnded = true;
  }

  private void happen(PrintStream err) {
    if (!commandEnded) {
      happened = true;
      err.println("decant: interrupted, cleaning up");
    }
  }
}
