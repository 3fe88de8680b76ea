package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of COPY blocks into batches. The division of rows into batches depends only on the
 * rows and the capacity of a batch, and never on how the stream delivers them. Each batch becomes a
 * frame of the output, and the frames must be the same in every run.
 */
final class RowReader implements BlockRows {
  private static final int SKIP_BATCH = 1 << 18;

  /** The length of the last line of a block ({@code \.}, CR, LF), which must be read at once. */
  private static final int LONGEST_MARKER = 4;

  private final DumpInput input;
  private final int largestRow;
  private final RowScanner scanner = new RowScanner();
  private @Nullable TableName table;
  private long rowsRead;

  /** The batch for rows that nobody wants. A dump may have thousands of blocks. */
  private @Nullable RowBatch skipped;

  RowReader(DumpInput input, int largestRow) {
    this.input = input;
    this.largestRow = largestRow;
  }

  @Override
  public @Nullable TableName table() {
    return table;
  }

  /** Begins a block. */
  void begin(TableName name) {
    toFirstRow(input);
    table = name;
    rowsRead = 0;
    scanner.begin();
  }

  /** Moves past the rest of the line of a COPY statement, which must be empty. */
  static void toFirstRow(DumpInput input) {
    int length = input.lineLength();
    int at = input.position();
    if (length == input.available()) {
      throw input.cut("The text after this line", "inside a COPY block");
    }
    for (int i = at; i < at + length; i++) {
      if (input.buffer()[i] != ' ' && input.buffer()[i] != '\r') {
        throw DumpProblem.invalid(
            input.line(),
            "Text follows the COPY statement on its line. Make the dump with pg_dump.");
      }
    }
    input.advance(at + length + 1);
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear(rowsRead + 1);
    while (table != null) {
      int to = (int) Math.min(input.limit(), input.position() + (long) batch.room());
      scanner.scan(input.buffer(), input.position(), to, Long.MAX_VALUE);
      takeRows(batch);
      if (table == null) {
        break;
      }
      if (input.available() >= batch.room()) {
        // The next row does not fit.
        if (batch.rows == 0) {
          readLargeRow(batch);
        }
        break;
      }
      if (!input.more()) {
        throw cut(rowsRead + batch.rows + 1);
      }
    }
    // Not before, because the room of the batch must not depend on how the stream delivers rows.
    if (scanner.carriageReturns()) {
      batch.removeCarriageReturns();
    }
    rowsRead += batch.rows;
    return batch.rows > 0;
  }

  @Override
  public long skip(Runnable each) {
    RowBatch batch = skipped == null ? new RowBatch(SKIP_BATCH) : skipped;
    long before = rowsRead;
    while (read(batch)) {
      each.run();
    }
    skipped = batch.bytes().length > SKIP_BATCH ? null : batch;
    return rowsRead - before;
  }

  /** Moves the rows that the last scan found into the batch, and ends the block if it is over. */
  private void takeRows(RowBatch batch) {
    batch.append(input.buffer(), input.position(), scanner.end());
    batch.rows += scanner.rows();
    input.advance(scanner.end(), scanner.lines());
    check(batch);
    if (scanner.ended()) {
      input.advance(input.position() + input.lineLength() + 1);
      table = null;
    }
  }

  private void check(RowBatch batch) {
    if (!scanner.problem().isEmpty()) {
      String row = RowProblem.row(rowsRead + batch.rows + 1, table);
      throw DumpProblem.invalid(
          input.line(), row + scanner.problem() + ". Make the dump with pg_dump.");
    }
  }

  /** Reads one row that is larger than the batch, and makes the batch larger for it. */
  private void readLargeRow(RowBatch batch) {
    var _ = input.require(LONGEST_MARKER);
    scanner.scan(input.buffer(), input.position(), input.limit(), 1);
    if (scanner.rows() > 0 || scanner.ended() || !scanner.problem().isEmpty()) {
      int size = scanner.end() - input.position();
      checkSize(size);
      grow(batch, size, largestRow);
      takeRows(batch);
    } else {
      readPastWindow(batch);
    }
  }

  /** Reads the rest of a row that is longer than the window directly into the batch. */
  private void readPastWindow(RowBatch batch) {
    grow(batch, input.available(), largestRow);
    batch.append(input.buffer(), input.position(), input.limit());
    input.advance(input.limit(), 0);
    scanner.scan(batch.bytes, 0, batch.length, 1);
    while (scanner.rows() == 0) {
      readMore(batch);
    }
    checkSize(scanner.end());
    input.unread(batch.bytes, scanner.end(), batch.length - scanner.end());
    input.advance(0, scanner.lines());
    batch.length = scanner.end();
    batch.rows = 1;
  }

  private void readMore(RowBatch batch) {
    checkSize(batch.length);
    int from = batch.length;
    grow(batch, from + 1, (int) Math.min(largestRow + 1L, Integer.MAX_VALUE - 8L));
    int count = Math.min(input.window(), batch.bytes.length - from);
    int read = input.readInto(batch.bytes, from, count);
    if (read < 0) {
      throw cut(rowsRead + 1);
    }
    batch.length += read;
    int undecided = batch.bytes[from - 1] == '\r' ? 1 : 0;
    scanner.resume(batch.bytes, from - undecided, batch.length);
    check(batch);
  }

  private void checkSize(int size) {
    if (size > largestRow) {
      throw tooLarge("is larger than " + largestRow + " bytes");
    }
  }

  private void grow(RowBatch batch, int atLeast, int atMost) {
    try {
      batch.grow(atLeast, atMost);
    } catch (OutOfMemoryError _) {
      throw RowProblem.outOfMemory(input.line(), rowsRead + 1, table);
    }
  }

  private DecantException tooLarge(String why) {
    return RowProblem.tooLarge(input.line(), rowsRead + 1, table, why);
  }

  private DecantException cut(long number) {
    return input.cut(
        RowProblem.row(number, table).strip(),
        "inside the rows of table " + table + ", without the line \\. that ends them");
  }
}
