package dev.decant.sanitize.row;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.mask.MaskingPlan;
import dev.decant.schema.TableName;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * A COPY block of a dump: how its rows are masked, and the numbers of its rows. The thread that
 * reads the block counts the rows that it reads; any thread may count those that it has masked.
 */
public final class CopyBlock {
  private final CopyStart start;
  private final TableName target;
  private final MaskingPlan plan;
  private final boolean truncated;
  private final long part;
  private final Function<SQLException, String> cause;
  private final LongAdder rowsOut = new LongAdder();
  private long rowsIn;

  /**
   * @param target the table into which the scratch database gets the rows
   * @param truncated whether the rows are left out
   * @param part the place of the rows among the parts of the output
   * @param cause returns a sentence on the cause of an error of the server, or an empty text
   */
  public CopyBlock(
      CopyStart start,
      TableName target,
      MaskingPlan plan,
      boolean truncated,
      long part,
      Function<SQLException, String> cause) {
    this.start = start;
    this.target = target;
    this.plan = plan;
    this.truncated = truncated;
    this.part = part;
    this.cause = cause;
  }

  public CopyStart start() {
    return start;
  }

  /** The table that the dump names. */
  public TableName table() {
    return start.table();
  }

  public TableName target() {
    return target;
  }

  public MaskingPlan plan() {
    return plan;
  }

  public boolean truncated() {
    return truncated;
  }

  public long part() {
    return part;
  }

  Function<SQLException, String> cause() {
    return cause;
  }

  public void addRowsIn(long rows) {
    rowsIn += rows;
  }

  public void addRowsOut(long rows) {
    rowsOut.add(rows);
  }

  /** The number of rows that were read. */
  public long rowsIn() {
    return rowsIn;
  }

  /** The number of masked rows. */
  public long rowsOut() {
    return rowsOut.sum();
  }
}
