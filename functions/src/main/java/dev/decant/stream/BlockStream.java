package dev.decant.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in blocks. A single byte is read as a block of one byte. */
public abstract class BlockStream extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int from, int length) throws IOException;
}
