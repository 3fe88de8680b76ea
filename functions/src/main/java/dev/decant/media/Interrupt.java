package dev.decant.media;

/**
 * Cancels a run when the process is told to stop (Ctrl-C, SIGTERM), and holds the process until
 * uploads in parts are aborted.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Thread run = Thread.currentThread();
  private final Thread hook;

  Interrupt(Window window) {
    hook =
        new Thread(
            () -> {
              window.cancel();
              try {
                run.join(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "decant-media-interrupt");
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
