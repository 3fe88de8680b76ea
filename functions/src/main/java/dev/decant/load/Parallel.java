package dev.decant.load;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Several threads that do the same work until none is left. */
final class Parallel {
  private Parallel() {}

  /**
   * Runs the work on each of several threads, and waits for all. The first failure interrupts the
   * others, and is thrown.
   */
  static void run(String name, int threads, Runnable work, Runnable guard) {
    guard.run();
    @Nullable DecantException failure = null;
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name(name, 0).daemon().factory())) {
      ExecutorCompletionService<@Nullable Void> done = new ExecutorCompletionService<>(pool);
      List<Future<@Nullable Void>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(done.submit(work, null));
      }
      for (int i = 0; i < threads; i++) {
        DecantException error = outcome(done);
        if (error != null && failure == null) {
          failure = error;
          all.forEach(future -> future.cancel(true));
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable DecantException outcome(ExecutorCompletionService<@Nullable Void> done) {
    try {
      join(done.take());
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cancelled();
    } catch (CancellationException e) {
      return cancelled();
    } catch (DecantException e) {
      return e;
    }
  }

  /** The result of a task, or its error. */
  static <T extends @Nullable Object> T join(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DecantException known
          ? known
          : new DecantException(ErrorCode.BUG, "loading failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  /** Ends this thread's work where another's failed. */
  static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
  }

  private static DecantException cancelled() {
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
  }
}
