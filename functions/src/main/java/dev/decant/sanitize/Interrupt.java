package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/**
 * Ends a run when the process is told to stop (Ctrl-C, SIGTERM), and holds the process until the
 * run has taken back what it began.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Thread run = Thread.currentThread();
  private final Thread hook;

  Interrupt(RunGuard guard) {
    hook =
        new Thread(
            () -> {
              guard.end(
                  new DecantException(
                      ErrorCode.CANCELLED, "The run was cancelled; nothing is published."));
              try {
                run.join(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "decant-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook runs: that is why the run ended.
    }
  }
}
