package dev.decant.sanitize;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.mask.MaskingPlan;
import dev.decant.postgres.Database;
import dev.decant.run.Channel;
import dev.decant.run.RunGuard;
import dev.decant.run.TaskGroup;
import java.util.Objects;
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
 * <p>The first failure of any worker ends all, as {@link TaskGroup} tells: the reader's next call
 * throws it.
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

  /** A batch on its way to a worker. */
  record Task(Block block, RowBatch batch, long number) {}

  private final TaskGroup group;
  private final Channel<RowBatch> pool;
  private final Channel<Task> tasks;
  private final ReadProgress progress;

  RowPipeline(
      int jobs,
      Database database,
      FrameSpool spool,
      FrameList frames,
      MaskKitSource masks,
      RunGuard guard,
      ReadProgress progress,
      Timings timings) {
    this.progress = progress;
    int batches = jobs + 2;
    group = new TaskGroup("decant-rows", guard::check);
    pool = new Channel<>(group, batches);
    tasks = new Channel<>(group, batches);
    for (int i = 0; i < batches; i++) {
      pool.put(new RowBatch(BATCH_BYTES));
    }
    for (int i = 0; i < jobs; i++) {
      group.start(new RowWorker(this, group, database, spool, frames, masks, timings));
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
                group.check();
                progress.tell(0, table);
              });
      return;
    }
    for (long number = 1; ; number++) {
      RowBatch batch = Objects.requireNonNull(pool.take());
      if (!reader.readRows(batch)) {
        pool.put(batch);
        return;
      }
      if (batch.carriageReturns()) {
        throw carriageReturns(block.start);
      }
      block.rowsIn += batch.rows();
      progress.tell(batch.rows(), table);
      tasks.put(new Task(block, batch, number));
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

  /** Waits until all batches are masked, loaded and spooled. */
  void finish() {
    tasks.finish();
    group.join();
  }

  /** For workers: the next batch; null at the end. */
  @Nullable Task next() {
    return tasks.take();
  }

  /** For workers: gives a batch back. */
  void recycle(RowBatch batch) {
    // A batch that one huge row made huge would keep its memory.
    pool.put(batch.bytes().length > 2 * BATCH_BYTES ? new RowBatch(BATCH_BYTES) : batch);
  }

  /** Ends the workers that still work, where a failure came between. */
  @Override
  public void close() {
    group.close();
  }
}
