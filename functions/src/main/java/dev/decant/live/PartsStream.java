package dev.decant.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.stream.AheadStreams;
import dev.decant.stream.BlockStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The rows of some parts of a table, followed by the lines with which pg_dump ends them. */
final class PartsStream extends BlockStream {
  static final byte[] END = "\\.\n\n\n".getBytes(US_ASCII);

  private final RowParts.Range range;
  private final AheadStreams<Part> parts;
  private final LongConsumer read;
  private long next;
  private InputStream current = InputStream.nullInputStream();

  /** A part of a table, counted from 0. */
  record Part(TableRows table, long number) {}

  /**
   * @param read gets the bytes of each part that was read to its end
   */
  PartsStream(RowParts.Range range, AheadStreams<Part> parts, LongConsumer read) {
    this.range = range;
    this.next = range.from();
    this.parts = parts;
    this.read = read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = current.read(bytes, from, length);
    while (count < 0 && next <= range.to()) {
      current.close();
      read.accept(next == range.from() ? 0 : range.table().bytes(next - 1));
      current =
          next == range.to()
              ? new ByteArrayInputStream(END)
              : parts.next(new Part(range.table(), next));
      next++;
      count = current.read(bytes, from, length);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
