package dev.decant.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fields of one row of COPY text, which are found in place. An instance is reused for row after
 * row and belongs to one thread.
 */
public final class CopyRow implements RowView {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long TABS = 0x0909090909090909L;
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long LOW7 = 0x7f7f7f7f7f7f7f7fL;
  private static final byte[] NOTHING = {};

  private final Bytes unescaped = new Bytes(1024);
  private byte[] raw = NOTHING;
  private int[] ends = new int[16];
  private int start;
  private int fields;
  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  /** Forgets the row, which may be a part of a huge array. */
  public void release() {
    raw = NOTHING;
    bytes = NOTHING;
    fields = 0;
  }

  /**
   * Splits the row that begins at {@code begin}.
   *
   * @return the position after the line feed, at which the next row begins
   * @throws IllegalArgumentException if there is no line feed before {@code limit}
   */
  public int split(byte[] rows, int begin, int limit) {
    raw = rows;
    start = begin;
    fields = 0;
    int i = begin;
    // Looks at eight bytes at a time. Each byte that is TAB or LF gives 0x80 in `found`.
    while (i + 8 <= limit) {
      long word = (long) LONGS.get(rows, i);
      long tabs = word ^ TABS;
      long newlines = word ^ NEWLINES;
      long found =
          ~(((((tabs & LOW7) + LOW7) | tabs) & (((newlines & LOW7) + LOW7) | newlines)) | LOW7);
      while (found != 0) {
        int at = i + (Long.numberOfTrailingZeros(found) >>> 3);
        if (delimits(at)) {
          close(at);
          if (rows[at] == '\n') {
            return at + 1;
          }
        }
        found &= found - 1;
      }
      i += 8;
    }
    for (; i < limit; i++) {
      if ((rows[i] == '\t' || rows[i] == '\n') && delimits(i)) {
        close(i);
        if (rows[i] == '\n') {
          return i + 1;
        }
      }
    }
    throw new IllegalArgumentException("A row has no line feed at its end.");
  }

  /**
   * Whether the TAB or LF at this position delimits a field. After an odd number of backslashes it
   * is data, which pg_dump never writes but the server accepts.
   */
  private boolean delimits(int at) {
    int i = at;
    while (i > start && raw[i - 1] == '\\') {
      i--;
    }
    return ((at - i) & 1) == 0;
  }

  private void close(int at) {
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, fields * 2);
    }
    ends[fields++] = at;
  }

  /** The number of fields of the row. An empty line has one field. */
  public int fields() {
    return fields;
  }

  /**
   * Whether the row has so many fields. A row of a table without columns has no fields and is an
   * empty line.
   */
  public boolean hasFields(int count) {
    return count == 0 ? fields == 1 && ends[0] == start : fields == count;
  }

  /** The beginning of the raw field in the array of the rows. */
  public int start(int field) {
    return field == 0 ? start : ends[field - 1] + 1;
  }

  /** The end of the raw field, which is the position of its TAB or LF. */
  public int end(int field) {
    return ends[field];
  }

  @Override
  public boolean isNull(int field) {
    return CopyText.isNull(raw, start(field), ends[field]);
  }

  @Override
  public void select(int field) {
    int begin = start(field);
    int end = ends[field];
    int backslash = CopyText.indexOfBackslash(raw, begin, end);
    if (backslash == end) {
      bytes = raw;
      from = begin;
      to = end;
      return;
    }
    unescaped.clear();
    CopyText.unescape(raw, begin, end, unescaped);
    bytes = unescaped.array();
    from = 0;
    to = unescaped.length();
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int to() {
    return to;
  }
}
