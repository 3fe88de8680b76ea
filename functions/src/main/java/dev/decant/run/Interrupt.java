package dev.decant.run;

/**
 * Ends a run when the process is told to stop (Ctrl-C, SIGTERM), and holds the process until the
 * run has taken back what it began.
 */
public final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Thread run = Thread.currentThread();
  private final Thread hook;

  public Interrupt(RunGuard guard) {
    this(() -> guard.end(guard.cancelled()));
  }

  /** Of a run that a call ends. */
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
      // The hook runs: that is why the run ended.
    }
  }
}
