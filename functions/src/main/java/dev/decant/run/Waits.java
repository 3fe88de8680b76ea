package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits that end with the run, and work that does not. */
public final class Waits {
  private static final int ASKED_EACH_MILLIS = 50;

  private Waits() {}

  /**
   * The result, once it is there.
   *
   * @param guard asked again and again meanwhile; throws a {@link DecantException} to end the wait
   * @throws DecantException what the computation threw, or the guard; {@link ErrorCode#CANCELLED}
   *     where this thread is interrupted
   */
  public static <T extends @Nullable Object> T result(Future<T> future, Runnable guard) {
    try {
      while (true) {
        guard.run();
        try {
          return future.get(ASKED_EACH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // The guard is asked, and the wait goes on.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
    } catch (ExecutionException e) {
      throw known(e);
    }
  }

  /**
   * Runs what takes back what was begun. An interrupt, which may be why it is taken back, is kept
   * from it and is there again afterwards.
   */
  public static void uninterrupted(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static DecantException known(ExecutionException e) {
    if (e.getCause() instanceof DecantException known) {
      return known;
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    DecantException bug =
        new DecantException(ErrorCode.BUG, "a thread failed: " + cause.getClass().getName());
    bug.setStackTrace(cause.getStackTrace());
    return bug;
  }
}
