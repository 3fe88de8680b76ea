package dev.decant.media;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs so many tasks at once; whoever gives one more waits. Closing waits for those that run. The
 * threads live as long as the window: the AWS SDK keeps parsers and digests by thread, and making
 * them anew for each task took a third of all the time.
 */
final class Window implements AutoCloseable {
  private final int size;
  private final Semaphore room;
  private final ExecutorService threads;
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  Window(int size) {
    this.size = size;
    this.room = new Semaphore(size);
    this.threads = Executors.newFixedThreadPool(size, Thread.ofVirtual().factory());
  }

  void run(Runnable task) {
    acquire(1);
    try {
      threads.execute(() -> runOne(task));
    } catch (RejectedExecutionException e) {
      room.release();
      throwBroken();
      throw e;
    }
  }

  private void runOne(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      broken.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }

  /** Waits until all are done; throws what a task threw. */
  void await() {
    acquire(size);
    room.release(size);
    throwBroken();
  }

  private void acquire(int permits) {
    throwBroken();
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  private void throwBroken() {
    switch (broken.get()) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static DecantException cancelled() {
    return new DecantException(
        ErrorCode.CANCELLED, "The run was cancelled; what was copied stays.");
  }

  /** Interrupts what runs: an upload in parts is aborted, not left. */
  void cancel() {
    broken.compareAndSet(null, cancelled());
    threads.shutdownNow();
  }

  @Override
  public void close() {
    threads.close();
  }
}
