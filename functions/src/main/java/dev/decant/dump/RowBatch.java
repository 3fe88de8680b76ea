package dev.decant.dump;

import dev.decant.copy.Bytes;
import java.util.Arrays;

/**
 * A batch of complete COPY rows of one block, as lines with their LF. A batch is reused: the reader
 * fills it, a worker masks it and returns it to a pool. Only one thread may use it at a time.
 */
public final class RowBatch {
  private final int capacity;

  /** The rows are the first {@link #length} bytes of this array. */
  byte[] bytes;

  int length;
  long rows;
  long firstRow;

  /** Makes a batch that grows beyond {@code capacity} bytes only for a single larger row. */
  public RowBatch(int capacity) {
    this.capacity = capacity;
    bytes = new byte[capacity];
  }

  /** The array with the rows. {@link DumpReader#readRows} may replace it. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The number of the first row within its COPY block, counted from 1. */
  public long firstRow() {
    return firstRow;
  }

  /** Empties the batch and releases the memory that a large row needed. */
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

  /** Turns each CR LF into a LF. */
  void removeCarriageReturns() {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] != '\r' || i + 1 == length || bytes[i + 1] != '\n') {
        bytes[kept++] = bytes[i];
      }
    }
    length = kept;
  }

  /** Makes room for more bytes of one large row. */
  void grow(int atLeast, int atMost) {
    if (atLeast > bytes.length) {
      long larger = Math.min(Bytes.larger(bytes.length), atMost);
      bytes = Arrays.copyOf(bytes, (int) Math.max(atLeast, larger));
    }
  }

  /** Empties the batch, and releases the memory that a large row needed. */
  public void release() {
    clear(0);
  }
}
