package dev.decant.sanitize;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.mask.MaskingPlan;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way: one reader (the caller's thread) fills batches, N workers mask each batch once
 * and send it two ways, by COPY to the scratch database and as a compressed frame to the spool.
 *
 * <p>Memory is bounded by the pool: the reader waits for a batch that a worker has given back. A
 * batch is a frame's worth of rows and the reader alone cuts them, so the frames, and with them the
 * output's bytes, do not depend on the workers.
 *
 * <p>The first failure of any worker ends all: the reader's next call throws it.
 */
final class RowPipeline implements AutoCloseable {
  /** Text of a frame, about. */
  static final int BATCH_BYTES = 8 << 20;

  /** A block of rows: the plan, and what came of it. */
  static final class Block {
    final DumpPart.CopyStart start;
    final MaskingPlan plan;
    final boolean truncate;
    final long part;
    final LongAdder rowsOut = new LongAdder();
    long rowsIn;

    Block(DumpPart.CopyStart start, MaskingPlan plan, boolean truncate, long part) {
      this.start = start;
      this.plan = plan;
      this.truncate = truncate;
      this.part = part;
    }
  }

  /** A batch on its way to a worker; {@code block} null ends the worker. */
  record Task(@Nullable Block block, RowBatch batch, long number) {}

  private final BlockingQueue<RowBatch> pool;
  private final BlockingQueue<Task> tasks;
  private final List<Thread> workers = new ArrayList<>();
  private final AtomicReference<@Nullable DecantException> failure = new AtomicReference<>();
  private final RunGuard guard;
  private final ReadProgress progress;

  RowPipeline(
      int jobs,
      ScratchDatabase database,
      FrameSpool spool,
      FrameList frames,
      MaskKitSource masks,
      RunGuard guard,
      ReadProgress progress,
      Timings timings) {
    this.guard = guard;
    this.progress = progress;
    int batches = jobs + 2;
    pool = new ArrayBlockingQueue<>(batches);
    tasks = new ArrayBlockingQueue<>(batches + jobs);
    for (int i = 0; i < batches; i++) {
      pool.add(new RowBatch(BATCH_BYTES));
    }
    for (int i = 0; i < jobs; i++) {
      RowWorker worker = new RowWorker(this, database, spool, frames, masks, timings);
      workers.add(Thread.ofPlatform().name("decant-rows-" + i).daemon().start(worker));
    }
  }

  /**
   * Reads the block's rows to their end and hands them to the workers, who may still be at work
   * when this returns.
   */
  void load(DumpReader reader, Block block) {
    String table = block.start.table().toString();
    if (block.truncate) {
      block.rowsIn =
          reader.skipRows(
              () -> {
                check();
                progress.tell(0, table);
              });
      return;
    }
    for (long number = 1; ; number++) {
      RowBatch batch = take();
      if (!reader.readRows(batch)) {
        pool.add(batch);
        return;
      }
      if (batch.carriageReturns()) {
        throw carriageReturns(block.start);
      }
      block.rowsIn += batch.rows();
      progress.tell(batch.rows(), table);
      put(new Task(block, batch, number));
    }
  }

  /**
   * The last field of a CRLF row ends in CR: NULL would not be NULL there, conditions would not
   * hold, masks would see it.
   */
  private static DecantException carriageReturns(DumpPart.CopyStart start) {
    return new DecantException(
        ErrorCode.INPUT_UNSUPPORTED,
        "line "
            + start.line()
            + ": the rows of table "
            + start.table()
            + " end in CR LF; pg_dump writes LF. Some tool changed the line ends: make the dump"
            + " anew, or give it through `tr -d '\\r"
            + "'` where no value holds a CR.");
  }

  private RowBatch take() {
    try {
      while (true) {
        check();
        RowBatch batch = pool.poll(200, TimeUnit.MILLISECONDS);
        if (batch != null) {
          return batch;
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void put(Task task) {
    try {
      tasks.put(task);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static DecantException interrupted() {
    Thread.currentThread().interrupt();
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
  }

  /** Waits until all batches are masked, loaded and spooled. */
  void finish() {
    for (int i = 0; i < workers.size(); i++) {
      put(new Task(null, new RowBatch(0), 0));
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    check();
  }

  private void check() {
    guard.check();
    DecantException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** For workers: the next batch. */
  Task next() throws InterruptedException {
    return tasks.take();
  }

  /** For workers: gives a batch back. */
  void recycle(RowBatch batch) {
    // A batch that one huge row made huge would keep its memory.
    pool.add(batch.bytes().length > 2 * BATCH_BYTES ? new RowBatch(BATCH_BYTES) : batch);
  }

  /** For workers: the run is over. The reader may sleep on the pool or on the queue. */
  void fail(DecantException e) {
    failure.compareAndSet(null, guard.orEnd(e));
    tasks.clear();
  }

  boolean failed() {
    return failure.get() != null;
  }

  @Override
  public void close() {
    for (Thread worker : workers) {
      if (worker.isAlive()) {
        worker.interrupt();
      }
    }
    try {
      for (Thread worker : workers) {
        worker.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
