package dev.decant.dump;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are rewritten to COPY text in the default format, one at a time. As in {@link
 * RowReader}, the division into batches depends only on the rows and the capacity of a batch. The
 * window and the buffer of a row are as large as the largest row; nothing holds a whole statement.
 */
abstract class ConvertedRows implements BlockRows {
  private static final int SKIP_BATCH = 1 << 18;
  private static final int KEPT_BUFFER = 1 << 20;

  final DumpInput input;
  private final int largestRow;
  private boolean header;
  private @Nullable TableName table;
  private long taken;

  /** The next row with its LF, if {@link #held}. */
  Bytes row = new Bytes(1 << 12);

  /** Whether {@link #row} holds a row that no batch has got yet. */
  boolean held;

  /**
   * @param header whether the first row has the names of the columns, and is left out
   */
  ConvertedRows(DumpInput input, int largestRow, boolean header) {
    this.input = input;
    this.largestRow = largestRow;
    this.header = header;
  }

  /** Reads the next row of the block into the empty {@link #row}. Returns false after the last. */
  abstract boolean convert();

  final void begin(TableName name) {
    table = name;
    taken = 0;
  }

  final void end() {
    table = null;
  }

  @Override
  public final @Nullable TableName table() {
    return table;
  }

  @Override
  public final boolean read(RowBatch batch) {
    batch.clear(taken + 1);
    while (table != null && hold()) {
      if (row.length() > batch.room()) {
        if (batch.rows > 0) {
          return true;
        }
        grow(batch);
      }
      batch.append(row.array(), 0, row.length());
      batch.rows++;
      taken++;
      held = false;
    }
    return batch.rows > 0;
  }

  private void grow(RowBatch batch) {
    try {
      batch.grow(row.length(), row.length());
    } catch (OutOfMemoryError _) {
      throw RowProblem.outOfMemory(input.line(), taken + 1, table);
    }
  }

  /** Converts the next row unless one is held. Returns false if the block has ended. */
  private boolean hold() {
    if (!held) {
      if (row.array().length > KEPT_BUFFER) {
        row = new Bytes(1 << 12);
      }
      row.clear();
      if (!converted()) {
        // A row that is held now belongs to the next block.
        table = null;
        return false;
      }
      held = true;
    }
    if (row.length() > largestRow) {
      throw tooLarge();
    }
    return true;
  }

  private boolean converted() {
    try {
      if (header) {
        header = false;
        if (!convert()) {
          return false;
        }
        row.clear();
      }
      return convert();
    } catch (OutOfMemoryError _) {
      throw RowProblem.outOfMemory(input.line(), taken + 1, table);
    }
  }

  @Override
  public final long skip(Runnable each) {
    RowBatch batch = new RowBatch(SKIP_BATCH);
    long before = taken;
    while (read(batch)) {
      each.run();
    }
    return taken - before;
  }

  /** Reads more of the row that begins at the position of the input. */
  final void moreOfRow() {
    if (input.available() >= largestRow) {
      throw tooLarge();
    }
    if (!input.more()) {
      throw cut();
    }
  }

  private DecantException tooLarge() {
    return RowProblem.tooLarge(
        input.line(), taken + 1, table, "is larger than " + largestRow + " bytes");
  }

  private DecantException cut() {
    return input.cut(RowProblem.row(taken + 1, table).strip(), "inside the rows of table " + table);
  }

  /**
   * The error of the row that is being read.
   *
   * @param what completes the sentence "Row 1 of table t …", and contains no value
   */
  final DecantException invalid(String what) {
    return DumpProblem.invalid(input.line(), rowName() + what + ". Make the dump with pg_dump.");
  }

  /** The beginning of a message about the row that is being read. */
  final String rowName() {
    return RowProblem.row(rowNumber(), table);
  }

  /** The number of the row that is being read, from 1. */
  final long rowNumber() {
    return taken + 1;
  }
}
