package dev.decant.run;

/**
 * Ends a run when the process is asked to stop (Ctrl-C, SIGTERM), and delays the end of the process
 * until the run has cleaned up, for at most 20 seconds. The thread that makes it is the thread of
 * the run.
 */
public final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Thread run = Thread.currentThread();
  private final Thread hook;

  /** Ends the run that this guard guards. */
  public Interrupt(RunGuard guard) {
    this(() -> guard.end(guard.cancelled()));
  }

  /** Ends the run by calling {@code end}. */
  public Interrupt(Runnable end) {
    hook =
        new Thread(
            () -> {
              end.run();
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
      // The process is stopping, so the hook is running and cannot be removed.
    }
  }
}
