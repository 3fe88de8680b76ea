package dev.decant.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of COPY rows and the {@code \.} line of the block, eight bytes at a time.
 *
 * <p>The rules are those of the server's CopyReadLineText (copyfromparse.c, 15 to 18): a row ends
 * at a LF. A backslash escapes the byte after it, so a LF or CR after a backslash is data. The
 * first row determines whether all rows end in LF or in CR LF, and a CR anywhere else is an error.
 * As in psql, {@code \.} ends the block only if it is a line of its own.
 *
 * <p>The test for zero bytes of a word is exact (Hacker's Delight, 6-1), so no byte is tested
 * again.
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

  /** The position after the last complete row. */
  int end() {
    return end;
  }

  /** The number of complete rows that the last scan found. */
  long rows() {
    return rows;
  }

  /** The number of lines of these rows. A row with an escaped LF has several lines. */
  long lines() {
    return lines;
  }

  /** Whether the line {@code \.} follows {@link #end()}. */
  boolean ended() {
    return ended;
  }

  /** The problem of the row after {@link #end()}, or an empty text. It contains no row value. */
  String problem() {
    return problem;
  }

  boolean carriageReturns() {
    return lineEnd == LineEnd.CR_LF;
  }

  /** Scans at most {@code most} complete rows from {@code from}, where a row must begin. */
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
   * Continues a scan if the row that begins at {@link #end()} does not end before {@code from}. The
   * meaning of a CR depends on the byte after it, so {@code from} must not follow a CR directly.
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

  /** Handles a LF or CR. Returns false if the scan must stop. */
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
      return fail("ends in LF while the rows before it end in CR LF, or the other way round");
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

  /** Handles a line that begins with {@code \.}. */
  private boolean marker(byte[] bytes, int at) {
    int length = at - lineStart - (bytes[at - 1] == '\r' ? 1 : 0);
    if (length > 2) {
      return fail("begins with \\. but does not end there, which no COPY row does");
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
    return fail("contains a carriage return that COPY would have written as \\r");
  }

  /** Whether an odd number of backslashes precedes this byte within the row. */
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
