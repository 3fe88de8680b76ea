package dev.decant.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts U+FFFD in UTF-8 text. A program writes this character where it could not decode bytes, so
 * many of them show that a dump was converted by a wrong encoding on its way.
 */
final class ReplacementCharacters {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  /** The first byte of U+FFFD, in each of eight bytes. */
  private static final long FIRST = 0xEFEFEFEFEFEFEFEFL;

  private ReplacementCharacters() {}

  /** Looks at eight bytes at a time, because few texts contain the first byte of the character. */
  static long count(byte[] text, int length) {
    long found = 0;
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      long differs = (long) LONGS.get(text, at) ^ FIRST;
      if (((differs - ONES) & ~differs & HIGH) != 0) {
        found += count(text, at, at + Long.BYTES, length);
      }
    }
    return found + count(text, at, length, length);
  }

  private static long count(byte[] text, int from, int to, int length) {
    long found = 0;
    for (int i = from; i < to && i + 2 < length; i++) {
      boolean replacement =
          text[i] == (byte) 0xEF && text[i + 1] == (byte) 0xBF && text[i + 2] == (byte) 0xBD;
      found += replacement ? 1 : 0;
    }
    return found;
  }
}
