package dev.decant.dump;

import java.util.Arrays;

/**
 * A batch of whole COPY rows of one block: raw lines, each with its LF (CR LF where {@link
 * #carriageReturns()}). Reused: the reader fills it, a worker masks it, it goes back to a pool. Not
 * for several threads at once.
 */
public final class RowBatch {
  private final int capacity;

  /** The rows are the first {@link #length} of these bytes. */
  byte[] bytes;

  int length;
  long rows;
  long firstRow;
  boolean carriageReturns;

  /** A batch that grows past {@code capacity} only for a single row that is larger. */
  public RowBatch(int capacity) {
    this.capacity = capacity;
    bytes = new byte[capacity];
  }

  /** The array may be another after each {@link DumpReader#readRows}. */
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

  /**
   * Whether the rows end in CR LF, as the block's first row did: then the last field of a row ends
   * before the CR.
   */
  public boolean carriageReturns() {
    return carriageReturns;
  }

  /** Empties it, and lets go of the memory that one large row took. */
  void clear(long nextRow) {
    if (bytes.length > capacity) {
      bytes = new byte[capacity];
    }
    length = 0;
    rows = 0;
    firstRow = nextRow;
  }

  int room() {
    return capacity - length;
  }

  void append(byte[] from, int start, int end) {
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /** Makes room for more of one large row. */
  void grow(int atLeast, int atMost) {
    if (atLeast > bytes.length) {
      long twice = Math.min(bytes.length * 2L, atMost);
      bytes = Arrays.copyOf(bytes, (int) Math.max(atLeast, twice));
    }
  }
}
