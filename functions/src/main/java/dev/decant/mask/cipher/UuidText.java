package dev.decant.mask.cipher;

import dev.decant.copy.Bytes;
import java.util.Arrays;

/**
 * A uuid (RFC 9562) as two words, which is read and written as text. Only one thread may use an
 * instance.
 */
public final class UuidText {
  public static final int LENGTH = 36;
  public static final int BARE_LENGTH = 32;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** The value of each byte as a hexadecimal digit, or -1 if it is not a digit. */
  private static final int[] DIGITS = digits();

  private static final long VERSION = 0xf000L;
  private static final int VARIANT_SHIFT = 62;
  private static final int TIME_SHIFT = 16;

  private long high;
  private long low;

  private static int[] digits() {
    int[] digits = new int[256];
    Arrays.fill(digits, -1);
    for (int digit = 0; digit < HEX.length; digit++) {
      digits[HEX[digit]] = digit;
    }
    return digits;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  public void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /**
   * Reads the canonical form in lower case, with or without hyphens.
   *
   * @return false if the text has another form
   */
  public boolean parse(byte[] value, int from, int to) {
    int length = to - from;
    int hyphen = length == LENGTH ? 1 : 0;
    if (hyphen == 1 ? !hyphens(value, from) : length != BARE_LENGTH) {
      return false;
    }
    long a = quad(value, from);
    long b = quad(value, from + 4);
    long c = quad(value, from + 8 + hyphen);
    long d = quad(value, from + 12 + 2 * hyphen);
    long e = quad(value, from + 16 + 3 * hyphen);
    long f = quad(value, from + 20 + 4 * hyphen);
    long g = quad(value, from + 24 + 4 * hyphen);
    long h = quad(value, from + 28 + 4 * hyphen);
    if ((a | b | c | d | e | f | g | h) < 0) {
      return false;
    }
    set(a << 48 | b << 32 | c << 16 | d, e << 48 | f << 32 | g << 16 | h);
    return true;
  }

  private static boolean hyphens(byte[] v, int at) {
    return v[at + 8] == '-' && v[at + 13] == '-' && v[at + 18] == '-' && v[at + 23] == '-';
  }

  /** The value of four hexadecimal digits; negative if one of them is not a digit. */
  private static int quad(byte[] v, int at) {
    return DIGITS[v[at] & 0xff] << 12
        | DIGITS[v[at + 1] & 0xff] << 8
        | DIGITS[v[at + 2] & 0xff] << 4
        | DIGITS[v[at + 3] & 0xff];
  }

  public void append(boolean hyphens, Bytes out) {
    int length = hyphens ? LENGTH : BARE_LENGTH;
    byte[] array = out.reserve(length);
    int at = out.length();
    out.length(at + length);
    int hyphen = hyphens ? 1 : 0;
    if (hyphens) {
      array[at + 8] = array[at + 13] = array[at + 18] = array[at + 23] = '-';
    }
    put(high >>> 48, array, at);
    put(high >>> 32, array, at + 4);
    put(high >>> 16, array, at + 8 + hyphen);
    put(high, array, at + 12 + 2 * hyphen);
    put(low >>> 48, array, at + 16 + 3 * hyphen);
    put(low >>> 32, array, at + 20 + 4 * hyphen);
    put(low >>> 16, array, at + 24 + 4 * hyphen);
    put(low, array, at + 28 + 4 * hyphen);
  }

  /** Writes the last four digits of a word. */
  private static void put(long word, byte[] array, int at) {
    int quad = (int) word;
    array[at] = HEX[quad >>> 12 & 15];
    array[at + 1] = HEX[quad >>> 8 & 15];
    array[at + 2] = HEX[quad >>> 4 & 15];
    array[at + 3] = HEX[quad & 15];
  }

  public int version() {
    return (int) (high & VERSION) >>> 12;
  }

  /** Permutes 122 bits. The version and the variant stay, and are the tweak. */
  public void permute(BitPermutation permutation) {
    long variant = low >>> VARIANT_SHIFT;
    long tweak = variant << TIME_SHIFT | (high & VERSION);
    long free = (high >>> TIME_SHIFT) << 12 | (high & 0xfff);
    permutation.permute(tweak, free, 60, low & BitPermutation.mask(VARIANT_SHIFT), VARIANT_SHIFT);
    high =
        (permutation.left() >>> 12) << TIME_SHIFT | (high & VERSION) | (permutation.left() & 0xfff);
    low = variant << VARIANT_SHIFT | permutation.right();
  }

  /** Permutes 74 bits. The time, the version and the variant stay, and are the tweak. */
  public void permuteWithinTime(BitPermutation permutation) {
    long variant = low >>> VARIANT_SHIFT;
    long left = (high & 0xfff) << 25 | (low & BitPermutation.mask(VARIANT_SHIFT)) >>> 37;
    permutation.permute(high & ~0xfffL, left, 37, low & BitPermutation.mask(37), 37);
    high = (high & ~0xfffL) | permutation.left() >>> 25;
    low =
        variant << VARIANT_SHIFT
            | (permutation.left() & BitPermutation.mask(25)) << 37
            | permutation.right();
  }

  /** Sets the version, and the variant of RFC 9562. */
  public void shape(int version) {
    high = (high & ~VERSION) | (long) version << 12;
    low = (low & BitPermutation.mask(VARIANT_SHIFT)) | 2L << VARIANT_SHIFT;
  }
}
