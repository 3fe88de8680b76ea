package dev.decant.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.stream.AheadStreams;
import dev.decant.stream.BlockStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The rows of a table from its parts, followed by the lines with which pg_dump ends them. */
final class PartsStream extends BlockStream {
  private static final byte[] END = "\\.\n\n\n".getBytes(US_ASCII);

  private final TableRows table;
  private final AheadStreams<Part> parts;
  private final LongConsumer read;
  private long next;
  private InputStream current = InputStream.nullInputStream();

  /** A part of a table, counted from 0. */
  record Part(TableRows table, long number) {}

  /**
   * @param read gets the bytes of each part that was read to its end
   */
  PartsStream(TableRows table, AheadStreams<Part> parts, LongConsumer read) {
    this.table = table;
    this.parts = parts;
    this.read = read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = current.read(bytes, from, length);
    while (count < 0 && next <= table.parts()) {
      current.close();
      read.accept(next == 0 ? 0 : table.bytes(next - 1));
      current =
          next == table.parts() ? new ByteArrayInputStream(END) : parts.next(new Part(table, next));
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
