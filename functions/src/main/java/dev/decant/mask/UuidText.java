package dev.decant.mask;

import dev.decant.copy.Bytes;

/** A uuid (RFC 9562) as two words, read and written as text. Not for several threads. */
final class UuidText {
  static final int LENGTH = 36;
  static final int BARE_LENGTH = 32;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final long VERSION = 0xf000L;
  private static final int VARIANT_SHIFT = 62;
  private static final int TIME_SHIFT = 16;

  private long high;
  private long low;

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /** Reads the canonical form, lower case, with or without hyphens; false where it is another. */
  boolean parse(byte[] value, int from, int to) {
    int length = to - from;
    boolean hyphens = length == LENGTH;
    if (!hyphens && length != BARE_LENGTH) {
      return false;
    }
    long first = 0;
    long second = 0;
    int digits = 0;
    for (int i = 0; i < length; i++) {
      byte b = value[from + i];
      if (hyphens && (i == 8 || i == 13 || i == 18 || i == 23)) {
        if (b != '-') {
          return false;
        }
        continue;
      }
      int digit = b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
      if (digit < 0) {
        return false;
      }
      if (digits++ < 16) {
        first = first << 4 | digit;
      } else {
        second = second << 4 | digit;
      }
    }
    set(first, second);
    return true;
  }

  void append(boolean hyphens, Bytes out) {
    int length = hyphens ? LENGTH : BARE_LENGTH;
    byte[] array = out.reserve(length);
    int at = out.length();
    out.length(at + length);
    for (int digit = 0; digit < BARE_LENGTH; digit++) {
      if (hyphens && (digit == 8 || digit == 12 || digit == 16 || digit == 20)) {
        array[at++] = '-';
      }
      long word = digit < 16 ? high : low;
      array[at++] = HEX[(int) (word >>> (60 - 4 * (digit & 15))) & 15];
    }
  }

  int version() {
    return (int) (high & VERSION) >>> 12;
  }

  /** Permutes the 122 bits beside version and variant, which stay and are the tweak. */
  void permute(BitPermutation permutation) {
    long variant = low >>> VARIANT_SHIFT;
    long tweak = variant << TIME_SHIFT | (high & VERSION);
    long free = (high >>> TIME_SHIFT) << 12 | (high & 0xfff);
    permutation.permute(tweak, free, 60, low & BitPermutation.mask(VARIANT_SHIFT), VARIANT_SHIFT);
    high =
        (permutation.left() >>> 12) << TIME_SHIFT | (high & VERSION) | (permutation.left() & 0xfff);
    low = variant << VARIANT_SHIFT | permutation.right();
  }

  /** Permutes the 74 bits beside time, version and variant, which stay and are the tweak. */
  void permuteWithinTime(BitPermutation permutation) {
    long variant = low >>> VARIANT_SHIFT;
    long left = (high & 0xfff) << 25 | (low & BitPermutation.mask(VARIANT_SHIFT)) >>> 37;
    permutation.permute(high & ~0xfffL, left, 37, low & BitPermutation.mask(37), 37);
    high = (high & ~0xfffL) | permutation.left() >>> 25;
    low =
        variant << VARIANT_SHIFT
            | (permutation.left() & BitPermutation.mask(25)) << 37
            | permutation.right();
  }

  /** Gives it a version, and the variant of RFC 9562. */
  void shape(int version) {
    high = (high & ~VERSION) | (long) version << 12;
    low = (low & BitPermutation.mask(VARIANT_SHIFT)) | 2L << VARIANT_SHIFT;
  }
}
