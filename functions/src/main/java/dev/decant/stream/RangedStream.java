package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** A fixed number of bytes of a stream. If the stream ends early, reading it is an error. */
public final class RangedStream extends BlockStream {
  private final InputStream in;
  private final String where;
  private long left;

  public RangedStream(InputStream in, String where, long length) {
    this.in = in;
    this.where = where;
    this.left = length;
  }

  public static DecantException tooShort(String where, long size, long offset, long length) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        String.format(
            Locale.ROOT,
            "%s has %,d bytes, but bytes %,d to %,d are needed, so it is not the file that was"
                + " published. Take another snapshot, or sanitize this one again.",
            where,
            size,
            offset,
            offset + length));
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (left == 0) {
      return -1;
    }
    try {
      int count = in.read(bytes, from, (int) Math.min(length, left));
      if (count < 0) {
        throw new IOException("it ended " + left + " bytes too early");
      }
      left -= count;
      return count;
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          "Could not read " + where + ": " + e.getMessage() + ". Run the command again.",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
