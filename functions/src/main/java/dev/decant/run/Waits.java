package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits that end together with the run, and work that an interrupt must not disturb. */
public final class Waits {
  /** The time between two calls of a guard during a wait. */
  static final int GUARD_INTERVAL_MILLIS = 50;

  private Waits() {}

  /**
   * Waits for the result of a future.
   *
   * @param guard called before the wait and about every 50 ms during it; throws a {@link
   *     DecantException} to end the wait
   * @throws DecantException what the computation or the guard threw; {@link ErrorCode#CANCELLED} if
   *     this thread is interrupted; {@link ErrorCode#BUG} if the computation threw something else
   */
  public static <T extends @Nullable Object> T result(Future<T> future, Runnable guard) {
    try {
      while (true) {
        guard.run();
        try {
          return future.get(GUARD_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // The guard is called again, and the wait continues.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.cancelled();
    } catch (ExecutionException e) {
      throw Failures.of("a thread", e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Runs work that cleans up after a run. An interrupt that is pending, for example because the run
   * was cancelled, is hidden from the work and restored afterwards.
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
}
