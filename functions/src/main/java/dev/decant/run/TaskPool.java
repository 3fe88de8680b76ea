package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that run independent tasks. {@link #submit} waits while all threads are
 * busy, so no queue grows. The first task that throws ends the pool: the other tasks are
 * interrupted, and {@link #submit}, {@link #join} and {@link #check} throw that failure.
 *
 * <pre>{@code
 * try (TaskPool pool = new TaskPool("decant-upload", 3, guard::check)) {
 *   List<Future<Part>> sent = new ArrayList<>();
 *   for (Piece piece : pieces) {
 *     sent.add(pool.submit(() -> send(piece)));
 *   }
 *   pool.join();
 * }
 * }</pre>
 *
 * <p>The threads are virtual, so an interrupt also ends a wait for a socket, by closing the socket.
 * They live as long as the pool, because the AWS SDK keeps parsers and digests for each thread. Any
 * thread may call the methods; the thread that made the pool closes it.
 */
public final class TaskPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskPool.class);
  private static final int PATIENCE_SECONDS = 20;

  private final String name;
  private final int size;
  private final Runnable guard;
  private final Semaphore free;
  private final ExecutorService threads;
  private final AtomicReference<@Nullable DecantException> failure = new AtomicReference<>();

  /**
   * Makes a pool whose threads wait for tasks.
   *
   * @param name for messages and thread dumps
   * @param size the number of threads
   * @param guard throws a {@link DecantException} once the run has ended; it is called about every
   *     50 ms by each thread that waits in a method of this class
   */
  public TaskPool(String name, int size, Runnable guard) {
    this.name = name;
    this.size = size;
    this.guard = guard;
    this.free = new Semaphore(size);
    this.threads =
        Executors.newFixedThreadPool(size, Thread.ofVirtual().name(name + '-', 0).factory());
  }

  /**
   * Starts a task. Waits while all threads are busy.
   *
   * @return the task's result, for {@link #result} or {@link Future#resultNow} after {@link #join}
   * @throws DecantException the failure of the pool, or the reason why the run has ended; {@link
   *     ErrorCode#CANCELLED} if this thread is interrupted
   */
  public <T> Future<T> submit(Callable<T> task) {
    acquire(1);
    FutureTask<T> future = new FutureTask<>(task);
    try {
      threads.execute(() -> run(future));
    } catch (RejectedExecutionException e) {
      free.release();
      check();
      throw new IllegalStateException(name + " is closed", e);
    }
    return future;
  }

  private void run(FutureTask<?> task) {
    try {
      task.run();
      if (task.state() == Future.State.FAILED) {
        fail(Failures.of(name, task.exceptionNow()));
      }
    } finally {
      free.release();
    }
  }

  /** Waits for the result of a task. Throws as {@link #submit} does, and what the task threw. */
  public <T> T result(Future<T> task) {
    try {
      return Waits.result(task, this::check);
    } catch (DecantException e) {
      check(); // If the pool has failed, that failure interrupted this task.
      throw e;
    }
  }

  /** Waits until all tasks have ended. Throws as {@link #submit} does. */
  public void join() {
    acquire(size);
    free.release(size);
    check();
  }

  private void acquire(int permits) {
    try {
      do {
        check();
      } while (!free.tryAcquire(permits, Waits.GUARD_INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.cancelled();
    }
  }

  /** Throws the failure of the pool, or the reason why the run has ended, if there is one. */
  public void check() {
    DecantException reason = failure.get();
    if (reason != null) {
      throw reason;
    }
    guard.run();
  }

  /**
   * Ends the pool and interrupts its tasks. Only the first call has an effect. If the run has
   * ended, the reason of that end replaces the given one.
   */
  public void fail(DecantException reason) {
    if (failure.compareAndSet(null, Failures.orEnd(guard, reason))) {
      threads.shutdownNow();
    }
  }

  /**
   * Interrupts the tasks that still run and waits for them, so that nothing is sent or written
   * afterwards. Gives up after {@value #PATIENCE_SECONDS} seconds.
   */
  @Override
  public void close() {
    fail(Failures.cancelled());
    Waits.uninterrupted(this::awaitThreads);
  }

  private void awaitThreads() {
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Threads of {} are still running after {} s.", name, PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
