package dev.decant.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The secret of one run, and the fingerprints that it gives: two lanes of 64 bits for a word, and
 * for a sequence of words. A fingerprint is not reversible without the secret. The secret is never
 * written. It is random and ends with the run, or it is derived from the masking key if several
 * processes take fingerprints for one run.
 *
 * <p>The hash of a word folds the 128-bit products of the word's bytes and the secret, as wyhash
 * does. It is made for speed and not for an opponent who chooses values and sees fingerprints: the
 * fingerprints are in the memory only, or encrypted.
 */
final class WordKey {
  /** An array with a word must have so many bytes after the word. */
  static final int SLACK = Long.BYTES;

  /** The greatest number of bytes of the beginning of a text. */
  private static final int BEGINNING = 4;

  /** The length of a secret in bytes. */
  static final int BYTES = 6 * Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long STEP_LO = 0x9e3779b97f4a7c15L;
  private static final long STEP_HI = 0xd6e8feb86659fd93L;

  private final long seedLo;
  private final long factorLo;
  private final long seedHi;
  private final long factorHi;
  private final long beginLo;
  private final long beginHi;

  /**
   * The key of a secret.
   *
   * @param secret {@link #BYTES} bytes that nobody can guess
   */
  WordKey(byte[] secret) {
    LongBuffer longs = ByteBuffer.wrap(secret).asLongBuffer();
    seedLo = longs.get();
    factorLo = longs.get();
    seedHi = longs.get();
    factorHi = longs.get();
    beginLo = longs.get();
    beginHi = longs.get();
  }

  /** The low lane of a word. The array has {@link #SLACK} bytes after it. */
  long lo(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, seedLo, factorLo);
  }

  /** The high lane of a word. The array has {@link #SLACK} bytes after it. */
  long hi(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, seedHi, factorHi);
  }

  /**
   * The low lane of the beginning of a text, which is the first four bytes of its first word.
   *
   * @param length the length of the word
   */
  long beginning(byte[] bytes, int from, int length) {
    return hash(bytes, from, Math.min(length, BEGINNING), seedLo, factorHi);
  }

  /** The low lane of a sequence of one word. */
  long oneLo(long word) {
    return thenLo(beginLo, word);
  }

  /** The high lane of a sequence of one word. */
  long oneHi(long word) {
    return thenHi(beginHi, word);
  }

  /** The low lane of a value that is only compared with other values as a whole. */
  static long alone(long lo) {
    return (lo ^ STEP_HI) * STEP_LO;
  }

  /** The low lane of the first segment of a word, from that of the segment as a word. */
  static long firstSegment(long lo) {
    return (lo ^ STEP_LO) * STEP_HI;
  }

  /** The low lane of the beginning of a value that does not come about by chance. */
  static long strong(long beginning) {
    return (beginning ^ STEP_HI) * STEP_HI;
  }

  /** Adds the low lane of a word to that of a sequence. */
  static long thenLo(long sequence, long word) {
    return (Long.rotateLeft(sequence, 29) ^ word) * STEP_LO;
  }

  /** Adds the high lane of a word to that of a sequence. */
  static long thenHi(long sequence, long word) {
    return (Long.rotateLeft(sequence, 31) ^ word) * STEP_HI;
  }

  private static long hash(byte[] bytes, int from, int length, long seed, long factor) {
    long h = seed ^ (length * STEP_LO);
    if (length <= Long.BYTES) {
      long word = (long) LONGS.get(bytes, from);
      // The shift takes the bytes after the word away. A word is not empty.
      h = fold((word << ((Long.BYTES - length) << 3)) ^ h, factor);
    } else {
      int last = from + length - Long.BYTES;
      for (int at = from; at < last; at += Long.BYTES) {
        h = fold((long) LONGS.get(bytes, at) ^ h, factor);
      }
      h = fold((long) LONGS.get(bytes, last) ^ h, factor ^ STEP_HI);
    }
    return h ^ (h >>> 32);
  }

  /** The two halves of a product, added without carry. */
  private static long fold(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b) ^ (a * b);
  }
}
