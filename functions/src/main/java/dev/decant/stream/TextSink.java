package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where the thread of a {@link TextPipe} writes. It waits while the reader is behind. */
public final class TextSink {
  private static final int BLOCK_SIZE = 256 * 1024;

  private final Channel<byte[]> free;
  private final Channel<ByteBuffer> full;
  private byte[] block = new byte[0];
  private int length;

  TextSink(Channel<byte[]> free, Channel<ByteBuffer> full) {
    this.free = free;
    this.full = full;
  }

  /** Writes the characters of ISO 8859-1 as one byte each. */
  public void write(String text) {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes these bytes. */
  public void write(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      makeRoom();
      int count = Math.min(bytes.length - from, block.length - length);
      System.arraycopy(bytes, from, block, length, count);
      length += count;
      from += count;
    }
  }

  /** Writes all bytes of a stream, and returns their number. */
  public long transfer(InputStream in) {
    return transfer(in, new byte[0]);
  }

  /**
   * Writes all bytes of a stream.
   *
   * @param last gets the last bytes that were written, at its end; the bytes before them are moved
   *     towards its beginning
   * @return the number of bytes
   */
  public long transfer(InputStream in, byte[] last) {
    long total = 0;
    try {
      while (true) {
        makeRoom();
        int count = in.read(block, length, block.length - length);
        if (count < 0) {
          return total;
        }
        keep(last, count);
        length += count;
        total += count;
      }
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "Reading the dump failed: " + e.getMessage() + ". Check the disk or the network.",
          e);
    }
  }

  private void keep(byte[] last, int count) {
    int fresh = Math.min(last.length, count);
    System.arraycopy(last, fresh, last, 0, last.length - fresh);
    System.arraycopy(block, length + count - fresh, last, last.length - fresh, fresh);
  }

  private void makeRoom() {
    if (length == block.length) {
      flush();
      block = take();
    }
  }

  private byte[] take() {
    byte[] next = free.take();
    if (next == null) {
      throw new IllegalStateException("free blocks never end");
    }
    return next.length == 0 ? new byte[BLOCK_SIZE] : next;
  }

  void flush() {
    if (length > 0) {
      full.put(ByteBuffer.wrap(block, 0, length));
      block = new byte[0];
      length = 0;
    }
  }
}
