package dev.decant.sanitize.leak;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.trace.TracedValues;
import dev.decant.trace.TracedValues.FingerprintSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The fingerprints of a share as a file: pairs of big-endian longs, and zeros after the last. */
public final class FingerprintFile {
  private static final int PAIR = 2 * Long.BYTES;
  private static final int BUFFER = 1 << 16;

  private FingerprintFile() {}

  /** Writes the fingerprints. */
  public static void write(TracedValues values, OutputStream to) throws IOException {
    byte[] bytes = new byte[BUFFER];
    ByteBuffer block = ByteBuffer.wrap(bytes);
    values.export(
        (first, second) -> {
          block.putLong(first).putLong(second);
          if (!block.hasRemaining()) {
            flush(bytes, block, to);
          }
        });
    flush(bytes, block, to);
    to.write(new byte[PAIR]);
  }

  private static void flush(byte[] bytes, ByteBuffer block, OutputStream to) {
    try {
      to.write(bytes, 0, block.position());
    } catch (IOException e) {
      throw failed(e);
    }
    block.clear();
  }

  /** Reads the fingerprints to their end. */
  public static void read(InputStream from, FingerprintSink to) {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(from, BUFFER))) {
      while (true) {
        long first = in.readLong();
        long second = in.readLong();
        if (first == 0 && second == 0) {
          return;
        }
        to.add(first, second);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DecantException failed(IOException e) {
    return new DecantException(
        ErrorCode.STORE_FAILED,
        "The fingerprints of the leak trace could not be read from the store or written to it. Run"
            + " the command again.",
        e);
  }
}
