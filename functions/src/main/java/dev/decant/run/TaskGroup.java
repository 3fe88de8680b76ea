package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that do one step of a run together and end together. The first failure of any of them, an
 * interrupt, or the end of the run ends them all, and every wait in {@link #await} and in a {@link
 * Channel} with them. No wait lasts longer than it takes to notice that: each asks the run's guard
 * {@value #ASKED_EACH_MILLIS} ms after it began, and then again and again.
 *
 * <p>A thread that waits for something that no interrupt reaches, a socket for example, registers
 * by {@link #onFailure} what wakes it.
 *
 * <p>The thread that made the group starts the others, calls {@link #join} and closes the group.
 */
public final class TaskGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskGroup.class);
  private static final int ASKED_EACH_MILLIS = 50;
  private static final int PATIENCE_SECONDS = 20;

  private final String name;
  private final Runnable guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> running = new ArrayList<>();
  private final List<Runnable> wakers = new ArrayList<>();
  private @Nullable DecantException failure;
  private int started;

  /**
   * A group without threads.
   *
   * @param name of its threads, which get a number too
   * @param guard throws a {@link DecantException} once the run has ended; any thread calls it
   */
  public TaskGroup(String name, Runnable guard) {
    this.name = name;
    this.guard = guard;
  }

  /** Starts a thread that does this work; what it throws ends the group. */
  public void start(Runnable work) {
    update(
        () -> {
          throwFailure();
          Thread thread =
              Thread.ofPlatform().daemon().name(name + '-' + started++).unstarted(() -> run(work));
          running.add(thread);
          thread.start();
        });
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (DecantException e) {
      fail(e);
    } catch (Throwable e) {
      fail(bug(e));
    } finally {
      update(() -> running.remove(Thread.currentThread()));
    }
  }

  /** An exception's own text may hold what it worked on: only its type and place go further. */
  private DecantException bug(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String place = trace.length > 0 ? " at " + trace[0] : "";
    DecantException bug =
        new DecantException(ErrorCode.BUG, name + " failed: " + e.getClass().getName() + place);
    bug.setStackTrace(trace);
    return bug;
  }

  /**
   * Ends the group for this reason. The first call counts. Where the run has ended, the reason of
   * that is the group's too: other failures are its consequences.
   */
  public void fail(DecantException reason) {
    DecantException first = reasonOr(reason);
    List<Thread> threads = new ArrayList<>();
    List<Runnable> wake = new ArrayList<>();
    update(
        () -> {
          if (failure == null) {
            failure = first;
            threads.addAll(running);
            wake.addAll(wakers);
          }
        });
    threads.stream().filter(t -> !t.equals(Thread.currentThread())).forEach(Thread::interrupt);
    wake.forEach(Runnable::run);
  }

  private DecantException reasonOr(DecantException other) {
    try {
      guard.run();
      return other;
    } catch (DecantException ended) {
      return ended;
    }
  }

  /** Runs this once when the group fails, at once where it has failed already. */
  public void onFailure(Runnable waker) {
    lock.lock();
    try {
      wakers.add(waker);
      if (failure == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    waker.run();
  }

  /** Changes what other threads of the group wait for, alone, and wakes them. */
  public void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until this holds. It is asked alone, as {@link #update} changes, and may change things
   * itself where it answers true.
   *
   * @throws DecantException the failure of the group, or why the run has ended; {@link
   *     ErrorCode#CANCELLED} where this thread is interrupted
   */
  public void await(BooleanSupplier condition) {
    lock.lock();
    try {
      check();
      while (!condition.getAsBoolean()) {
        var _ = changed.await(ASKED_EACH_MILLIS, TimeUnit.MILLISECONDS);
        check();
      }
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    } finally {
      lock.unlock();
    }
  }

  /** Throws where the group has failed or the run has ended. */
  public void check() {
    lock.lock();
    try {
      throwFailure();
    } finally {
      lock.unlock();
    }
    guard.run();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until all threads have ended their work; throws the group's failure. */
  public void join() {
    await(running::isEmpty);
  }

  /**
   * Ends what still works and waits for it. Gives up after {@value #PATIENCE_SECONDS} seconds: the
   * threads are daemons and hold nothing that the caller needs.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (running.isEmpty()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    fail(cancelled());
    if (awaitThreads()) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers whether this thread was interrupted meanwhile. */
  private boolean awaitThreads() {
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (!running.isEmpty() && System.nanoTime() < end) {
        try {
          var _ = changed.awaitNanos(end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (!running.isEmpty()) {
        LOG.warn("threads of {} still work after {} s", name, PATIENCE_SECONDS);
      }
    } finally {
      lock.unlock();
    }
    return interrupted;
  }

  private static DecantException cancelled() {
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
  }
}
