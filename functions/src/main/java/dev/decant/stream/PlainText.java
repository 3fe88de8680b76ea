package dev.decant.stream;

import java.io.InputStream;

/** The raw bytes of a source, without decompression. */
public final class PlainText extends InputStream {
  private final ByteBlocks raw;

  public PlainText(ByteBlocks raw) {
    this.raw = raw;
  }

  @Override
  public int read() {
    return raw.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (!raw.advance()) {
      return -1;
    }
    int count = Math.min(length, raw.current().remaining());
    raw.current().get(bytes, from, count);
    return count;
  }
}
