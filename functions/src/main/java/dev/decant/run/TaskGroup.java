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
 * Threads that do one step of a run together and end together. The first failure of any thread, an
 * interrupt, or the end of the run ends all of them, including every thread that waits in {@link
 * #await} or in a {@link Channel}. Each wait calls the guard of the run about every 50 ms, so it
 * notices the end of the run after that time at the latest.
 *
 * <p>An interrupt does not reach some waits, for example a read from the socket of a platform
 * thread. A thread that waits in such a way registers an action with {@link #onFailure} that wakes
 * it up, for example by closing the socket.
 *
 * <p>The thread that made the group starts the other threads, calls {@link #join}, and closes the
 * group.
 *
 * <pre>{@code
 * try (TaskGroup group = new TaskGroup("decant-rows", guard::check)) {
 *   Channel<RowBatch> batches = new Channel<>(group, 4);
 *   group.start(() -> {
 *     for (var batch = batches.take(); batch != null; batch = batches.take()) {
 *       process(batch);
 *     }
 *   });
 *   fill(batches);
 *   batches.finish();
 *   group.join();
 * }
 * }</pre>
 */
public final class TaskGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskGroup.class);
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
   * Makes a group without threads.
   *
   * @param name the name of the threads, to which a number is appended
   * @param guard throws a {@link DecantException} once the run has ended; every thread of the group
   *     calls it
   */
  public TaskGroup(String name, Runnable guard) {
    this.name = name;
    this.guard = guard;
  }

  /** Starts a thread that does this work. If the work throws, the group ends. */
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
    } catch (Throwable e) {
      fail(Failures.of(name, e));
    } finally {
      update(() -> running.remove(Thread.currentThread()));
    }
  }

  /**
   * Ends the group for this reason. Only the first call has an effect. If the run has ended, the
   * reason of that end replaces the given one, because the given failure is a consequence of it.
   */
  public void fail(DecantException reason) {
    DecantException first = Failures.orEnd(guard, reason);
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

  /** Runs this action when the group fails, or immediately if the group has failed already. */
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

  /**
   * Changes state that other threads of the group wait for, and wakes them. The change has
   * exclusive access: no other change and no condition of {@link #await} runs at the same time.
   */
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
   * Waits until the condition holds. The condition has the same exclusive access as {@link
   * #update}, so it may also change the state when it returns true.
   *
   * @throws DecantException the failure of the group, or the reason why the run has ended; {@link
   *     ErrorCode#CANCELLED} if this thread is interrupted
   */
  public void await(BooleanSupplier condition) {
    lock.lock();
    try {
      check();
      while (!condition.getAsBoolean()) {
        var _ = changed.await(Waits.GUARD_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        check();
      }
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.cancelled();
    } finally {
      lock.unlock();
    }
  }

  /** Throws if the group has failed or the run has ended. */
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

  /** Waits until all threads have finished. Throws as {@link #await} does. */
  public void join() {
    await(running::isEmpty);
  }

  /**
   * Ends the threads that still run and waits for them. Gives up after {@value #PATIENCE_SECONDS}
   * seconds: the threads are daemons and hold nothing that the caller needs. A caller that does not
   * want to wait for its threads calls {@link #fail} instead.
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
    fail(Failures.cancelled());
    if (awaitThreads()) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether this thread was interrupted during the wait. */
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
        LOG.warn("Threads of {} are still running after {} s.", name, PATIENCE_SECONDS);
      }
    } finally {
      lock.unlock();
    }
    return interrupted;
  }
}
