package dev.decant.live;

import dev.decant.stream.BlockStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that remembers the bytes that were read from it. Closing it closes the other stream. Any
 * thread may close it.
 */
final class RecordedStream extends BlockStream {
  private final InputStream in;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();

  RecordedStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = in.read(bytes, from, length);
    if (count > 0) {
      record.write(bytes, from, count);
    }
    return count;
  }

  /** The bytes that were read. */
  byte[] bytes() {
    return record.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
