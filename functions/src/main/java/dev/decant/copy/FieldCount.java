package dev.decant.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks the number of fields of rows of COPY text without finding the fields: it only counts TABs
 * and line feeds, eight bytes at a time. It is several times faster than {@link CopyRow} and gives
 * the same answers. An instance belongs to one thread.
 */
public final class FieldCount {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long TABS = 0x0909090909090909L;
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long LOW7 = 0x7f7f7f7f7f7f7f7fL;

  private final int fields;
  private byte[] bytes = new byte[0];
  private int rowStart;
  private int tabs;
  private long rows;

  /** Checks rows with so many fields; with 0 fields, a row is an empty line. */
  public FieldCount(int fields) {
    this.fields = fields;
  }

  /**
   * Checks the rows of {@code [0, length)}, which end with a line feed.
   *
   * @return whether all rows have the right number of fields; {@link #rows()} returns the number of
   *     rows before the first wrong one
   */
  public boolean check(byte[] text, int length) {
    bytes = text;
    rowStart = 0;
    tabs = 0;
    rows = 0;
    long carry = 0; // This is 0x80 if the byte before the word is a backslash.
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long word = (long) LONGS.get(text, i);
      long feeds = zeros(word ^ NEWLINES);
      long found = zeros(word ^ TABS) | feeds;
      long backslashes = zeros(word ^ BACKSLASHES);
      if ((found & ((backslashes << Byte.SIZE) | carry)) != 0) {
        found = delimiters(found, i);
        feeds &= found;
      }
      carry = backslashes >>> 56;
      for (; feeds != 0; feeds &= feeds - 1) {
        long before = (feeds & -feeds) - 1;
        tabs += Long.bitCount(found & before);
        if (!endRow(i + (Long.numberOfTrailingZeros(feeds) >>> 3))) {
          return false;
        }
        found &= ~(before | (feeds & -feeds));
      }
      tabs += Long.bitCount(found);
    }
    for (; i < length; i++) {
      if ((text[i] == '\t' || text[i] == '\n') && !escaped(i)) {
        if (text[i] == '\t') {
          tabs++;
        } else if (!endRow(i)) {
          return false;
        }
      }
    }
    return rowStart == length;
  }

  /** The number of rows that the last check accepted. */
  public long rows() {
    return rows;
  }

  /** Gives exactly 0x80 for each byte that is zero (Hacker's Delight, 6-1). */
  private static long zeros(long word) {
    return ~(((word & LOW7) + LOW7) | word | LOW7);
  }

  /** The found bytes that no backslash turns into data. */
  private long delimiters(long found, int word) {
    long real = found;
    for (long left = found; left != 0; left &= left - 1) {
      if (escaped(word + (Long.numberOfTrailingZeros(left) >>> 3))) {
        real &= ~(left & -left);
      }
    }
    return real;
  }

  /**
   * Whether an odd number of backslashes stands before this position. The backslashes of the row
   * before do not count, because a row never begins after a backslash.
   */
  private boolean escaped(int at) {
    int i = at;
    while (i > rowStart && bytes[i - 1] == '\\') {
      i--;
    }
    return ((at - i) & 1) == 1;
  }

  private boolean endRow(int feed) {
    boolean right = fields == 0 ? feed == rowStart : tabs + 1 == fields;
    tabs = 0;
    rowStart = feed + 1;
    rows += right ? 1 : 0;
    return right;
  }
}
