package dev.decant.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (and SIGTERM): the command's thread is interrupted and gets time to close what it opened,
 * before the JVM ends the process with 130 (143). What it does not manage, the shutdown hooks of
 * the pieces and the next run's sweep do.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 15;

  private final Thread command;
  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean happened;

  private Interruption(Thread command, PrintStream err) {
    this.command = command;
    this.err = err;
  }

  /** Guards the command that runs on this thread. */
  static Interruption guard(Thread command, PrintStream err) {
    Interruption interruption = new Interruption(command, err);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "interruption"));
    return interruption;
  }

  /** Whether the process is being ended from outside: then the command's errors are its echo. */
  boolean happened() {
    return happened;
  }

  /** To be called when the command has returned, before the process ends by itself. */
  void commandEnded() {
    ended.countDown();
  }

  private void interrupt() {
    if (ended.getCount() == 0) {
      return;
    }
    happened = true;
    err.println("decant: interrupted, cleaning up");
    command.interrupt();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println("decant: did not end in time; the next run or `decant sweep` clears the rest");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
