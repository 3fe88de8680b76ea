package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The unread part of a dump: a sliding window over the stream. It grows only while one statement is
 * larger than the window. It counts the lines.
 */
final class DumpInput implements AutoCloseable {
  private final int window;

  /** Far more than a real statement has. A quote that is never closed would exceed it. */
  private static final int LARGEST_STATEMENT = 64 << 20;

  private InputStream in;
  private byte[] buffer;
  private int position;
  private int limit;
  private long line = 1;
  private boolean ended;
  private Encoding encoding = Encoding.UTF8;
  private @Nullable Transcoder transcoder;

  /** Whether the stream ended because bytes are not valid in the encoding. */
  private boolean invalid;

  /** Makes a window of this many bytes, which grows if one statement needs more. */
  DumpInput(InputStream in, int window) {
    this.in = in;
    this.window = window;
    this.buffer = new byte[window];
  }

  byte[] buffer() {
    return buffer;
  }

  /** The position of the first unread byte. */
  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** The size of the window in bytes, unless one statement needs more. */
  int window() {
    return window;
  }

  int available() {
    return limit - position;
  }

  /** The number of the line with the first unread byte. */
  long line() {
    return line;
  }

  /** Moves to {@code to} and counts the lines in between. */
  void advance(int to) {
    for (int i = position; i < to; i++) {
      if (buffer[i] == '\n') {
        line++;
      }
    }
    position = to;
  }

  /** Moves to {@code to}, for a caller that counted the lines itself. */
  void advance(int to, long lines) {
    line += lines;
    position = to;
  }

  /**
   * Reads the rest of the stream in another encoding, from the first unread byte on.
   *
   * @throws DecantException {@link ErrorCode#INPUT_UNSUPPORTED} if the stream has another encoding
   *     than UTF-8 already
   */
  void transcode(Encoding next) {
    if (next.equals(encoding)) {
      return;
    }
    if (!encoding.equals(Encoding.UTF8)) {
      throw DumpProblem.unsupported(
          line,
          "The dump changes its encoding a second time. Make it with pg_dump --encoding=UTF8. If it"
              + " has several databases, choose one with --database NAME.");
    }
    encoding = next;
    if (next.equals(Encoding.SQL_ASCII)) {
      return; // The bytes of rows stay as they are.
    }
    byte[] unread = Arrays.copyOfRange(buffer, position, limit);
    position = 0;
    limit = 0;
    ended = false;
    transcoder =
        new Transcoder(new SequenceInputStream(new ByteArrayInputStream(unread), in), encoding);
    in = transcoder;
  }

  /**
   * Reads the rest of the stream, which is skipped, without an error for bytes that are not valid
   * in the encoding so far.
   */
  void skipEncoding() {
    if (transcoder != null && !encoding.equals(Encoding.BYTES)) {
      transcoder.bytewise();
      encoding = Encoding.BYTES;
      ended &= !invalid;
      invalid = false;
    }
  }

  /**
   * The error of a stream that ends too early, which is also the case before invalid bytes.
   *
   * @param what is read at the end, as the subject of a sentence
   * @param where completes the sentence "The dump ends …"
   */
  DecantException cut(String what, String where) {
    if (!invalid) {
      return DumpProblem.cut(line, where);
    }
    return DumpProblem.invalid(
        line,
        what
            + " has bytes that are not valid in "
            + encoding.name()
            + ", the encoding that the dump declares. Make the dump with pg_dump --encoding=UTF8,"
            + " or correct the bytes in the source database.");
  }

  /** Makes at least {@code count} bytes available. Returns false if the stream ends first. */
  boolean require(int count) {
    while (available() < count && !ended) {
      makeRoom(count);
      read();
    }
    if (invalid && available() == 0) {
      throw cut("The text after this line", "");
    }
    return available() >= count;
  }

  /**
   * Reads more: at least as much as is available already, so that scanning it again costs no more
   * than reading it did. Returns false at the end of the stream, when nothing was added.
   */
  boolean more() {
    int before = available();
    require(Math.clamp(before * 2L, 1, Integer.MAX_VALUE - 8));
    return available() > before;
  }

  /** As {@link #more}, for text that the window must hold at once, such as a statement. */
  boolean moreOfStatement() {
    if (available() >= LARGEST_STATEMENT) {
      throw DumpProblem.unsupported(
          line,
          "A statement that is larger than 64 MiB begins here, or a quote is never closed. Check"
              + " the dump with psql.");
    }
    return more();
  }

  /** Whether the dump declares that the encoding of its bytes is not known. */
  boolean anyBytes() {
    return encoding.equals(Encoding.SQL_ASCII);
  }

  /** The length of the line without its LF. The last line may have no LF. */
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

  /** Reads once into an array of the caller. Returns -1 at the end of the stream. */
  int readInto(byte[] target, int from, int count) {
    try {
      int read = in.read(target, from, count);
      ended |= read < 0;
      return read;
    } catch (CharacterCodingException _) {
      // The bytes before them are read first, so that the error has the right line and row.
      invalid = true;
      ended = true;
      return -1;
    } catch (EOFException e) {
      throw new DecantException(
          ErrorCode.INPUT_CUT,
          "The compressed stream ends after line " + line + " of the dump. Copy the dump again.",
          e);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "The dump could not be read after line "
              + line
              + ": "
              + e.getMessage()
              + ". Check the disk, the pipe or the network, and run decant again.",
          e);
    }
  }

  /** Puts bytes back, so that they are read next. The window must be empty. */
  void unread(byte[] from, int start, int count) {
    position = 0;
    limit = count;
    System.arraycopy(from, start, buffer, 0, count);
  }

  private void read() {
    int read = readInto(buffer, limit, buffer.length - limit);
    limit += Math.max(0, read);
  }

  /** Moves the available bytes to the front of the window, and changes its size if necessary. */
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
          ErrorCode.SOURCE_UNREADABLE,
          "The dump could not be closed: " + e.getMessage() + ". Check the disk or the network.",
          e);
    }
  }
}
