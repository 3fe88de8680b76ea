package dev.decant.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of COPY rows and the block's {@code \.} line, eight bytes at a time.
 *
 * <p>The rules are those of the server's CopyReadLineText (copyfromparse.c, 15 to 18): a row ends
 * at a LF; a backslash takes the byte after it, so that backslash + LF or CR is data; the first row
 * says whether all rows end in LF or in CR LF; a CR anywhere else is an error. As psql reads a
 * file, {@code \.} ends the block only as a line of its own.
 *
 * <p>Zero bytes of a word are found exactly (Hacker's Delight, 6-1), so no candidate is looked at
 * twice.
 */
final class RowScanner {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
  private static final long CARRIAGE_RETURNS = 0x0d0d0d0d0d0d0d0dL;

  private enum LineEnd {
    UNKNOWN,
    LF,
    CR_LF
  }

  private LineEnd lineEnd = LineEnd.UNKNOWN;
  private boolean ended;
  private String problem = "";
  private int rowStart;
  private int lineStart;
  private int end;
  private long rows;
  private long lines;
  private long linesInRow;
  private long mostRows;

  /** Begins a block. */
  void begin() {
    lineEnd = LineEnd.UNKNOWN;
    ended = false;
    problem = "";
  }

  /** Where the last whole row ends. */
  int end() {
    return end;
  }

  /** How many whole rows the last scan found. */
  long rows() {
    return rows;
  }

  /** How many lines these rows are: more than rows where a row holds a backslash and a LF. */
  long lines() {
    return lines;
  }

  /** Whether the line {@code \.} follows {@link #end()}. */
  boolean ended() {
    return ended;
  }

  /** What is wrong with the row after {@link #end()}, or an empty text; never bytes of it. */
  String problem() {
    return problem;
  }

  boolean carriageReturns() {
    return lineEnd == LineEnd.CR_LF;
  }

  /** Scans whole rows, {@code most} at most, from {@code from}, where a row begins. */
  void scan(byte[] bytes, int from, int to, long most) {
    mostRows = most;
    end = from;
    rowStart = from;
    lineStart = from;
    rows = 0;
    lines = 0;
    linesInRow = 0;
    resume(bytes, from, to);
  }

  /**
   * Scans on where the row that begins at {@link #end()} has no end before {@code from}. A CR is
   * judged by the byte after it, so {@code from} must not be right after one.
   */
  void resume(byte[] bytes, int from, int to) {
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long feeds = word ^ LINE_FEEDS;
      long returns = word ^ CARRIAGE_RETURNS;
      feeds = ((feeds & LOW_BITS) + LOW_BITS) | feeds;
      returns = ((returns & LOW_BITS) + LOW_BITS) | returns;
      // The high bit of each byte that is a LF or a CR.
      for (long found = ~((feeds & returns) | LOW_BITS); found != 0; found &= found - 1) {
        if (!step(bytes, at + (Long.numberOfTrailingZeros(found) >>> 3), to)) {
          return;
        }
      }
    }
    for (; at < to; at++) {
      if ((bytes[at] == '\n' || bytes[at] == '\r') && !step(bytes, at, to)) {
        return;
      }
    }
  }

  /** A LF or CR; false where the scan must stop. */
  private boolean step(byte[] bytes, int at, int to) {
    return bytes[at] == '\n' ? lineFeed(bytes, at) : carriageReturn(bytes, at, to);
  }

  private boolean lineFeed(byte[] bytes, int at) {
    linesInRow++;
    byte before = at > rowStart ? bytes[at - 1] : 0;
    if (at > lineStart + 1 && bytes[lineStart] == '\\' && bytes[lineStart + 1] == '.') {
      return marker(bytes, at);
    }
    if (before == '\\' && escaped(bytes, at)) {
      lineStart = at + 1;
      return true;
    }
    LineEnd found = before == '\r' && !escaped(bytes, at - 1) ? LineEnd.CR_LF : LineEnd.LF;
    if (lineEnd != found && !first(found)) {
      return fail("ends in LF where the rows before it end in CR LF, or the other way round");
    }
    rows++;
    lines += linesInRow;
    linesInRow = 0;
    end = at + 1;
    rowStart = end;
    lineStart = end;
    return rows < mostRows;
  }

  private boolean first(LineEnd found) {
    if (lineEnd == LineEnd.UNKNOWN) {
      lineEnd = found;
    }
    return lineEnd == found;
  }

  /** A line that begins with {@code \.}. */
  private boolean marker(byte[] bytes, int at) {
    int length = at - lineStart - (bytes[at - 1] == '\r' ? 1 : 0);
    if (length > 2) {
      return fail("begins with \\. and goes on, which no COPY row does");
    }
    if (lineStart != rowStart) {
      return fail("ends in a backslash right before the \\. line");
    }
    ended = true;
    return false;
  }

  private boolean carriageReturn(byte[] bytes, int at, int to) {
    boolean undecided = at + 1 == to;
    if (undecided || bytes[at + 1] == '\n' || escaped(bytes, at)) {
      return true;
    }
    return fail("holds a carriage return that COPY would have written as \\r");
  }

  /** Whether an odd number of backslashes stands before it within the row. */
  private boolean escaped(byte[] bytes, int at) {
    int i = at;
    while (i > rowStart && bytes[i - 1] == '\\') {
      i--;
    }
    return ((at - i) & 1) == 1;
  }

  private boolean fail(String what) {
    problem = what;
    return false;
  }
}
