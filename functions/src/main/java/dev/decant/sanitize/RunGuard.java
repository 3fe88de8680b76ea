package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run from outside: at its deadline, or when the process is told to stop. Work asks {@link
 * #check()} between its steps; what waits for a server is woken because {@code stop} takes the
 * server away. For any number of threads.
 */
final class RunGuard implements AutoCloseable {
  private final AtomicReference<@Nullable DecantException> ended = new AtomicReference<>();
  private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("decant-deadline").daemon().factory());

  RunGuard(@Nullable Instant deadline) {
    if (deadline != null) {
      long left = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
      var _ =
          timer.schedule(
              () ->
                  end(
                      new DecantException(
                          ErrorCode.DEADLINE_NEAR,
                          "The run was stopped at its deadline, before it was done; nothing is"
                              + " published. Give it more time or more memory (which brings more"
                              + " CPU), or run it where there is no limit: decant sanitize.")),
              left,
              TimeUnit.MILLISECONDS);
    }
  }

  /** What takes away whatever the run may be waiting for. */
  void onEnd(Runnable action) {
    stop.set(action);
    if (ended.get() != null) {
      action.run();
    }
  }

  /** Ends the run with this error; the first call counts. */
  void end(DecantException reason) {
    if (ended.compareAndSet(null, reason)) {
      stop.get().run();
    }
  }

  /** Throws where the run was ended. */
  void check() {
    DecantException reason = ended.get();
    if (reason != null) {
      throw new DecantException(reason.code(), String.valueOf(reason.getMessage()));
    }
  }

  /** The reason of the end where there is one: other errors are its consequences. */
  DecantException orEnd(DecantException other) {
    DecantException reason = ended.get();
    return reason == null ? other : reason;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
