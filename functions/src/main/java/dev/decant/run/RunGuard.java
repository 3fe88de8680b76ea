package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run from outside: at its deadline, or when the process is asked to stop. The run calls
 * {@link #check()} between its steps. At the end, the action of {@link #onEnd} takes away what the
 * run may be waiting for, for example the scratch server, and a thread inside {@link
 * #interruptibly(Runnable)} is interrupted. Any number of threads may use it.
 */
public final class RunGuard implements AutoCloseable {
  private final String left;
  private final AtomicReference<@Nullable DecantException> ended = new AtomicReference<>();
  private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
  private final Waiting waiting = new Waiting();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("decant-deadline").daemon().factory());

  /**
   * Starts to watch the deadline.
   *
   * @param deadline when the run is ended; null if it has no deadline
   * @param left what is true whenever the run ends, for the message, for example "nothing is
   *     published"
   * @param advice one or more sentences about what to do when the deadline was too early
   */
  public RunGuard(@Nullable Instant deadline, String left, String advice) {
    this.left = left;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    if (deadline != null) {
      long millis = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
      var _ =
          timer.schedule(
              () ->
                  end(
                      new DecantException(
                          ErrorCode.DEADLINE_NEAR,
                          "The run was stopped at its deadline before it had finished; "
                              + left
                              + ". "
                              + advice)),
              millis,
              TimeUnit.MILLISECONDS);
    }
  }

  /** The error of a run that was asked to stop. */
  DecantException cancelled() {
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled; " + left + ".");
  }

  /** Sets the action that takes away what the run may be waiting for. */
  public void onEnd(Runnable action) {
    stop.set(action);
    if (ended.get() != null) {
      action.run();
    }
  }

  /** Ends the run with this error. Only the first call has an effect. */
  public void end(DecantException reason) {
    if (ended.compareAndSet(null, reason)) {
      // The order matters: the clean-up that the action causes must not be interrupted.
      waiting.interrupt();
      stop.get().run();
    }
  }

  /**
   * Runs work that may wait for something that the action of {@link #onEnd} does not take away. If
   * the run ends during the work, this thread is interrupted. The interrupt never reaches what the
   * thread does after the work, because that is usually the clean-up: an interrupt that comes too
   * late is cleared.
   */
  public void interruptibly(Runnable work) {
    var _ =
        interruptibly(
            () -> {
              work.run();
              return true;
            });
  }

  /** Does the same as {@link #interruptibly(Runnable)} for work that has a result. */
  public <T> T interruptibly(Supplier<T> work) {
    waiting.begin();
    try {
      check();
      return work.get();
    } finally {
      waiting.end();
    }
  }

  /** Returns whether the run was ended. */
  public boolean hasEnded() {
    return ended.get() != null;
  }

  /** Throws the reason of the end if the run was ended. */
  public void check() {
    DecantException reason = ended.get();
    if (reason != null) {
      throw new DecantException(reason.code(), String.valueOf(reason.getMessage()));
    }
  }

  /**
   * Returns the reason of the end if the run was ended, because any other error is a consequence of
   * it. Otherwise returns the given error.
   */
  public DecantException orEnd(DecantException other) {
    DecantException reason = ended.get();
    return reason == null ? other : reason;
  }

  /** Stops watching the deadline. If the run is being ended, that continues. */
  @Override
  public void close() {
    timer.shutdown();
  }

  /** The thread that may be interrupted when the run ends. */
  private static final class Waiting {
    private @Nullable Thread thread;
    private boolean interrupted;

    synchronized void begin() {
      thread = Thread.currentThread();
    }

    synchronized void interrupt() {
      if (thread != null) {
        interrupted = true;
        thread.interrupt();
      }
    }

    synchronized void end() {
      thread = null;
      if (interrupted) {
        var _ = Thread.interrupted();
      }
    }
  }
}
