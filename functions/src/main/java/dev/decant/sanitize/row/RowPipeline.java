package dev.decant.sanitize.row;

import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.frame.FrameLimits;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.progress.ReadProgress;
import dev.decant.progress.StageTimings;
import dev.decant.run.Channel;
import dev.decant.run.RunGuard;
import dev.decant.run.TaskGroup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Masks and loads rows in parallel. One reader, which is the caller's thread, fills batches.
 * Several workers mask each batch and write it to two places: by COPY to the scratch database, and
 * as a compressed frame to the spool.
 *
 * <p>A fixed pool of batches bounds the memory: the reader waits until a worker returns a batch.
 * One batch becomes one frame, and only the reader divides the rows into batches, so the bytes of
 * the output do not depend on the workers.
 *
 * <p>The first failure of a worker ends all threads, as described at {@link TaskGroup}. The next
 * call of the reader throws it.
 */
public final class RowPipeline implements BlockLoader {
  /** The approximate size of the text of a frame. */
  static final int BATCH_BYTES = FrameLimits.USUAL_TEXT;

  /** A larger row is not read before the workers have finished the one before it. */
  private static final long HUGE =
      Math.max(2L * BATCH_BYTES, Runtime.getRuntime().maxMemory() / 16);

  private static final Logger LOG = LoggerFactory.getLogger(RowPipeline.class);
  private static final long NANOS = 1_000_000;

  /**
   * A batch on its way to a worker.
   *
   * @param huge whether the reader waits until a worker has finished the batch
   */
  record Task(CopyBlock block, RowBatch batch, long number, boolean huge) {}

  private final TaskGroup group;
  private final Channel<RowBatch> pool;
  private final Channel<Task> tasks;

  /** Gets an element when a worker has finished a huge batch. */
  private final Channel<Task> hugeDone;

  private final ReadProgress progress;

  public RowPipeline(
      int jobs,
      RowTarget target,
      FrameSpool spool,
      FrameList frames,
      MaskKitSource masks,
      RunGuard guard,
      ReadProgress progress,
      StageTimings timings) {
    this.progress = progress;
    int batches = jobs + 2;
    group = new TaskGroup("decant-rows", guard::check);
    pool = new Channel<>(group, batches);
    tasks = new Channel<>(group, batches);
    hugeDone = new Channel<>(group, batches);
    for (int i = 0; i < batches; i++) {
      pool.put(new RowBatch(BATCH_BYTES));
    }
    for (int i = 0; i < jobs; i++) {
      group.start(new RowWorker(this, group, target, spool, frames, masks, timings));
    }
  }

  /** Passes the rows of the block to the workers. */
  @Override
  public void load(DumpReader reader, CopyBlock block) {
    long begun = System.nanoTime();
    String table = block.table().toString();
    read(reader, block, table);
    long millis = (System.nanoTime() - begun) / NANOS;
    LOG.atInfo()
        .addKeyValue("event", "table")
        .addKeyValue("table", table)
        .addKeyValue("rows", block.rowsIn())
        .addKeyValue("truncated", block.truncated())
        .addKeyValue("milliseconds", millis)
        .log("table {}: {} rows read in {} ms", table, block.rowsIn(), millis);
  }

  private void read(DumpReader reader, CopyBlock block, String table) {
    if (block.truncated()) {
      block.addRowsIn(
          reader.skipRows(
              () -> {
                group.check();
                progress.report(0, table);
              }));
      return;
    }
    for (long number = 1; ; number++) {
      RowBatch batch = Objects.requireNonNull(pool.take());
      if (!reader.readRows(batch)) {
        pool.put(batch);
        return;
      }
      block.addRowsIn(batch.rows());
      progress.report(batch.rows(), table);
      Task task = new Task(block, batch, number, batch.length() > HUGE);
      tasks.put(task);
      if (task.huge()) {
        // The memory for two such rows may not be there.
        var _ = hugeDone.take();
      }
    }
  }

  /** Waits until all batches are masked, loaded and spooled. */
  @Override
  public void finish() {
    tasks.finish();
    group.join();
  }

  /** Returns the next batch to a worker, or null at the end. */
  @Nullable Task next() {
    return tasks.take();
  }

  /** Takes a batch back from a worker that does not need its rows any more. */
  void recycle(RowBatch batch) {
    batch.release();
    pool.put(batch);
  }

  /** Notes that the rows of a task are loaded and spooled. */
  void done(Task task) {
    if (task.huge()) {
      hugeDone.put(task);
    }
  }

  /** Ends the workers that are still running after a failure. */
  @Override
  public void close() {
    group.close();
  }
}
