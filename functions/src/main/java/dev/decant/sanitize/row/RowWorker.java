package dev.decant.sanitize.row;

import dev.decant.copy.Bytes;
import dev.decant.dump.RowBatch;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCompressor;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.load.CopyInto;
import dev.decant.mask.RowMasker;
import dev.decant.postgres.Connections;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.progress.StageTimings;
import dev.decant.run.TaskGroup;
import dev.decant.sanitize.row.RowPipeline.Task;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@link RowPipeline}, with a connection, a compressor, buffers and masks of its own.
 */
final class RowWorker implements Runnable {
  private final RowPipeline pipeline;
  private final TaskGroup group;
  private final RowTarget target;
  private final FrameSpool spool;
  private final FrameList frames;
  private final MaskKitSource masks;
  private final StageTimings timings;
  private Bytes out = new Bytes(RowPipeline.BATCH_BYTES + (RowPipeline.BATCH_BYTES >> 2));
  private @Nullable CopyBlock current;
  private @Nullable RowMasker masker;

  RowWorker(
      RowPipeline pipeline,
      TaskGroup group,
      RowTarget target,
      FrameSpool spool,
      FrameList frames,
      MaskKitSource masks,
      StageTimings timings) {
    this.pipeline = pipeline;
    this.group = group;
    this.target = target;
    this.spool = spool;
    this.frames = frames;
    this.masks = masks;
    this.timings = timings;
  }

  @Override
  public void run() {
    try (FrameCompressor compressor = new FrameCompressor()) {
      target.use(
          connection -> {
            group.onFailure(() -> Connections.abort(connection));
            work(connection, compressor);
          });
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    } catch (DecantException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // The text of the exception may contain a row value, so only its type and place are reported.
      throw new DecantException(
          e instanceof OutOfMemoryError ? ErrorCode.ROW_TOO_LARGE : ErrorCode.BUG, described(e));
    }
  }

  private String described(Throwable e) {
    String where = current == null ? "" : "Table " + current.table() + ": ";
    if (e instanceof OutOfMemoryError) {
      return where
          + "The memory is too small for a row. Give decant about five times as much memory as the"
          + " row is large (for example with DECANT_JAVA_OPTS=-Xmx4g, or with the memory size of"
          + " the function), or leave the rows out with pg_dump --exclude-table-data.";
    }
    StackTraceElement[] trace = e.getStackTrace();
    return where
        + "Loading rows failed: "
        + e.getClass().getName()
        + (trace.length > 0 ? " at " + trace[0] : "")
        + ". Please report this error.";
  }

  private void work(Connection connection, FrameCompressor compressor) {
    for (Task task = pipeline.next(); task != null; task = pipeline.next()) {
      process(task.block(), task, connection, compressor);
    }
  }

  private void process(
      CopyBlock block, Task task, Connection connection, FrameCompressor compressor) {
    RowBatch batch = task.batch();
    long firstRow = batch.firstRow();
    long start = System.nanoTime();
    byte[] rows = batch.bytes();
    int length = batch.length();
    long count;
    if (block.plan().passesThrough()) {
      count = masker(block).pass(rows, length, firstRow);
    } else {
      makeRoom(length);
      count = masker(block).mask(rows, length, firstRow, out);
      rows = out.array();
      length = out.length();
      pipeline.recycle(batch);
    }
    long masked = System.nanoTime();
    long copied = masked;
    if (count > 0) {
      copy(block, firstRow, connection, rows, length, count);
      copied = System.nanoTime();
      frames.add(
          block.part(),
          task.number(),
          spool.append(
              Frame.Kind.ROWS, block.table(), count, compressor.compress(rows, 0, length)));
    }
    block.addRowsOut(count);
    timings.add("load: mask", masked - start);
    timings.add("load: copy", copied - masked);
    timings.add("load: compress", System.nanoTime() - copied);
    if (block.plan().passesThrough()) {
      pipeline.recycle(batch);
    }
    if (out.array().length > 4 * RowPipeline.BATCH_BYTES) {
      out = new Bytes(RowPipeline.BATCH_BYTES);
    }
    compressor.release();
    pipeline.done(task);
  }

  /** Empties the buffer, and makes it large enough at once for rows that keep their length. */
  private void makeRoom(int length) {
    out.clear();
    if (length > out.array().length) {
      out = new Bytes(length + (length >> 4));
    }
  }

  private RowMasker masker(CopyBlock block) {
    RowMasker found = masker;
    if (found == null || current != block) {
      found = new RowMasker(block.plan(), masks.forRows(block.table(), block.plan().columns()));
      current = block;
      masker = found;
    }
    return found;
  }

  private static void copy(
      CopyBlock block, long firstRow, Connection connection, byte[] rows, int length, long count) {
    boolean routed = !block.target().equals(block.table());
    String doing =
        "loading table "
            + block.table()
            + (routed ? " through " + block.target() + ", whose partition key is masked," : "")
            + " from row "
            + firstRow
            + " on";
    String statement = CopyInto.statement(block.target(), block.plan().columns());
    try (CopyInto copy = new CopyInto(connection, statement, doing, block.cause())) {
      copy.write(rows, 0, length);
      long copied = copy.commit();
      if (copied != count) {
        throw new DecantException(
            ErrorCode.ROWS_DIFFER,
            "Table "
                + block.table()
                + ", from row "
                + firstRow
                + " on: The scratch database took "
                + copied
                + " rows, but "
                + count
                + " rows would be published, so the published rows would not be the verified ones."
                + " Nothing is published. Please report this error.");
      }
    }
  }
}
