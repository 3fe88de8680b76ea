package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes that are read through it. One thread reads; any thread may ask for the count.
 */
final class CountedStream extends FilterInputStream {
  private volatile long count;

  CountedStream(InputStream in) {
    super(in);
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    add(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    add(Math.max(0, n));
    return n;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only one thread writes
  private void add(int n) {
    count += n;
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "The dump could not be closed. Check the disk or the network, and run decant again.",
          e);
    }
  }
}
