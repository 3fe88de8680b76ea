package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The unread part of a dump: a window over the stream that slides, and grows only while one
 * statement is larger than it. Counts lines.
 */
final class DumpInput implements AutoCloseable {
  private final int window;

  /** No statement of a dump comes near this; a quote that never ends would. */
  private static final int LARGEST_STATEMENT = 64 << 20;

  private final InputStream in;
  private byte[] buffer;
  private int position;
  private int limit;
  private long line = 1;
  private boolean ended;

  /** A window of so many bytes, more where one statement needs it. */
  DumpInput(InputStream in, int window) {
    this.in = in;
    this.window = window;
    this.buffer = new byte[window];
  }

  byte[] buffer() {
    return buffer;
  }

  /** The first unread byte. */
  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** How many bytes the window holds at least. */
  int window() {
    return window;
  }

  int available() {
    return limit - position;
  }

  /** The number of the line that holds the first unread byte. */
  long line() {
    return line;
  }

  /** Steps to {@code to}; counts the lines on the way. */
  void advance(int to) {
    for (int i = position; i < to; i++) {
      if (buffer[i] == '\n') {
        line++;
      }
    }
    position = to;
  }

  /** Steps to {@code to}, for a caller that counted the lines. */
  void advance(int to, long lines) {
    line += lines;
    position = to;
  }

  /** Makes at least {@code count} bytes available; false where the stream ends before that. */
  boolean require(int count) {
    while (available() < count && !ended) {
      makeRoom(count);
      read();
    }
    return available() >= count;
  }

  /**
   * Reads on, so that a second look at what is available costs no more than the reading did: at
   * least doubles it. False at the end of the stream, with nothing new.
   */
  boolean more() {
    int before = available();
    require(Math.clamp(before * 2L, 1, Integer.MAX_VALUE - 8));
    return available() > before;
  }

  /** {@link #more} for text that must be whole in the window: a statement, a line outside rows. */
  boolean moreOfStatement() {
    if (available() >= LARGEST_STATEMENT) {
      throw DumpProblem.unsupported(
          line,
          "a statement larger than 64 MiB begins here, or a quote that never ends. Check the dump"
              + " with psql");
    }
    return more();
  }

  /** The length of the line, its LF excluded; the last line may have none. */
  int lineLength() {
    int length = 0;
    while (true) {
      while (length < available() && buffer[position + length] != '\n') {
        length++;
      }
      if (length < available() || !moreOfStatement()) {
        return length;
      }
    }
  }

  /** One read straight into an array of the caller; -1 at the end of the stream. */
  int readInto(byte[] target, int from, int count) {
    try {
      int read = in.read(target, from, count);
      ended |= read < 0;
      return read;
    } catch (EOFException e) {
      throw new DecantException(
          ErrorCode.INPUT_CUT,
          "the compressed stream ends after line " + line + " of the dump: copy the dump again",
          e);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "the dump could not be read on after line " + line + ": " + e.getMessage(),
          e);
    }
  }

  /** Puts bytes back before everything unread. The window must be empty. */
  void unread(byte[] from, int start, int count) {
    position = 0;
    limit = count;
    System.arraycopy(from, start, buffer, 0, count);
  }

  private void read() {
    int read = readInto(buffer, limit, buffer.length - limit);
    limit += Math.max(0, read);
  }

  /** Slides what is available to the front, and fits the window to it. */
  private void makeRoom(int count) {
    if (position > 0
        && (position == limit || buffer.length - position < count || limit == buffer.length)) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (count > buffer.length) {
      buffer = Arrays.copyOf(buffer, count);
    } else if (buffer.length > window && limit == 0 && count <= window) {
      buffer = new byte[window];
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE, "the dump could not be closed: " + e.getMessage(), e);
    }
  }
}
