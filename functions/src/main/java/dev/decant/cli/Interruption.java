package dev.decant.cli;

import java.io.PrintStream;

/**
 * Ctrl-C and SIGTERM: says so, and remembers it. Then the hooks of the pieces close what they
 * opened, and the JVM ends the process with 130 (143).
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

  /** Whether the process is being ended from outside: then the command's errors are its echo. */
  boolean happened() {
    return happened;
  }

  /** To be called when the command has returned, before the process ends by itself. */
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
