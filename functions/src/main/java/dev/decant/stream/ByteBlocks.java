package dev.decant.stream;

import java.nio.ByteBuffer;

/**
 * Bytes that arrive in blocks. One block is current, and its consumer takes bytes from it by moving
 * the position of the buffer. Only one thread may consume the bytes.
 */
public interface ByteBlocks {
  /** Makes {@link #current} hold bytes. Returns false at the end. */
  boolean advance();

  /** The bytes that were read and not consumed. The buffer has an array. */
  ByteBuffer current();

  /** The number of raw bytes that were taken from the source so far, for messages. */
  long taken();

  /** The next byte, or -1 at the end. */
  default int read() {
    return advance() ? current().get() & 0xff : -1;
  }

  /** Consumes zeros to the end. Returns false if another byte is found. */
  default boolean onlyZerosFollow() {
    while (advance()) {
      if (current().get() != 0) {
        return false;
      }
    }
    return true;
  }
}
