package dev.decant.dump;

/**
 * A batch of whole COPY rows of one block: raw lines, each with its LF. Reused: the reader fills
 * it, a worker masks it, it goes back to a pool.
 */
public final class RowBatch {
  /** The rows are the first {@link #length} of these bytes. */
  byte[] bytes;

  int length;
  long rows;
  long firstRow;

  /** A batch that grows past {@code capacity} only for a single row that is larger. */
  public RowBatch(int capacity) {
    bytes = new byte[capacity];
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** How many rows it holds. */
  public long rows() {
    return rows;
  }

  /** The number of the first row within its COPY block, from 1. */
  public long firstRow() {
    return firstRow;
  }
}
