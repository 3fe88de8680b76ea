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
 * Ends a run from outside: at its deadline, or when the process is told to stop. Work asks {@link
 * #check()} between its steps; what waits for a server is woken because {@code stop} takes the
 * server away, and what waits for anything else by an interrupt. For any number of threads.
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
   * @param deadline when the run ends by itself; null: never
   * @param left what is true whenever the run ends, for the message: "nothing is published"
   * @param advice what to do about a deadline
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
                          "The run was stopped at its deadline, before it was done; "
                              + left
                              + ". "
                              + advice)),
              millis,
              TimeUnit.MILLISECONDS);
    }
  }

  /** The error of a run that was told to stop. */
  DecantException cancelled() {
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled; " + left + ".");
  }

  /** What takes away whatever the run may be waiting for. */
  public void onEnd(Runnable action) {
    stop.set(action);
    if (ended.get() != null) {
      action.run();
    }
  }

  /** Ends the run with this error; the first call counts. */
  public void end(DecantException reason) {
    if (ended.compareAndSet(null, reason)) {
      // In this order: what is taken back because of the stop is not interrupted any more.
      waiting.interrupt();
      stop.get().run();
    }
  }

  /**
   * Runs work that may wait for something that {@code stop} does not take away: the end of the run
   * interrupts this thread meanwhile. What comes after the work is never interrupted, for that is
   * what takes back: of an end that came too late nothing is left in the thread.
   */
  public void interruptibly(Runnable work) {
    var _ =
        interruptibly(
            () -> {
              work.run();
              return true;
            });
  }

  /** As {@link #interruptibly(Runnable)}, for work that has a result. */
  public <T> T interruptibly(Supplier<T> work) {
    waiting.begin();
    try {
      check();
      return work.get();
    } finally {
      waiting.end();
    }
  }

  /** Whether the run was ended. */
  public boolean hasEnded() {
    return ended.get() != null;
  }

  /** Throws where the run was ended. */
  public void check() {
    DecantException reason = ended.get();
    if (reason != null) {
      throw new DecantException(reason.code(), String.valueOf(reason.getMessage()));
    }
  }

  /** The reason of the end where there is one: other errors are its consequences. */
  public DecantException orEnd(DecantException other) {
    DecantException reason = ended.get();
    return reason == null ? other : reason;
  }

  /** Forgets the deadline; an end that has begun goes on to its own end. */
  @Override
  public void close() {
    timer.shutdown();
  }

  /** The thread that an end may interrupt. */
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
