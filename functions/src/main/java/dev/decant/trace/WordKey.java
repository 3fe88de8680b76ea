package dev.decant.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * The secret of one run, and the fingerprints that it gives: two lanes of 64 bits for a word, and
 * for a sequence of words. A fingerprint is not reversible without the secret, which is random, is
 * never written and ends with the run.
 *
 * <p>The hash of a word folds the 128-bit products of the word's bytes and the secret, as wyhash
 * does. It is made for speed and not for an opponent who chooses values and sees fingerprints: the
 * fingerprints are in the memory only, or encrypted.
 */
final class WordKey {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long STEP_LO = 0x9e3779b97f4a7c15L;
  private static final long STEP_HI = 0xd6e8feb86659fd93L;

  private final long[] secret;

  WordKey(SecureRandom random) {
    secret = random.longs(6).toArray();
  }

  /** The low lane of a word, or of all words of a value. */
  long lo(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, secret[0], secret[1]);
  }

  /** The high lane of a word, or of all words of a value. */
  long hi(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, secret[2], secret[3]);
  }

  /** The low lane of a sequence without words. */
  long beginLo() {
    return secret[4];
  }

  /** The high lane of a sequence without words. */
  long beginHi() {
    return secret[5];
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
    int at = from;
    int limit = from + length;
    for (; at + 8 <= limit; at += 8) {
      h = fold((long) LONGS.get(bytes, at) ^ h, factor);
    }
    long rest = 0;
    for (int shift = 0; at < limit; at++, shift += 8) {
      rest |= (bytes[at] & 0xffL) << shift;
    }
    h = fold(rest ^ h, factor ^ STEP_HI);
    return h ^ (h >>> 32);
  }

  /** The two halves of a product, added without carry. */
  private static long fold(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b) ^ (a * b);
  }
}
