package dev.decant.trace;

/**
 * The letters and digits of a short value without anything between them and without zeros at the
 * beginning: {@code +49 (30) 123-45} gives {@code 493012345}, and so does {@code 0049 30 12345}.
 * One thread uses an instance.
 */
final class Letters {
  /**
   * The number of tenths of a bit from which on a value does not come about by chance: 64 bits. A
   * letter counts 4.7 bits and a digit 3.3, as if each were random.
   */
  static final int STRONG = 640;

  /** A word with fewer bytes is not {@link #STRONG}. */
  static final int STRONG_LENGTH = 14;

  /** Columns of numbers have numbers with fewer digits by chance. */
  static final int NUMBER = 10;

  private static final byte[] BITS = new byte[256];

  static {
    for (int c = 0; c < BITS.length; c++) {
      BITS[c] = (byte) (c >= '0' && c <= '9' ? 33 : (c >= 'a' && c <= 'z') || c >= 0x80 ? 47 : 0);
    }
  }

  private final byte[] bytes;
  private final int most;
  private int length;

  /**
   * @param most the greatest number of letters and digits
   */
  Letters(int most) {
    this.most = most;
    bytes = new byte[most + WordKey.SLACK];
  }

  /**
   * Takes the letters and digits of folded words.
   *
   * @return whether the result differs from the words, has digits, and fits, and all letters are of
   *     ASCII
   */
  boolean read(byte[] words, int from, int to) {
    length = 0;
    boolean digits = false;
    for (int i = from; i < to; i++) {
      byte c = words[i];
      if (BITS[c & 0xff] == 0) {
        if (c == '@') {
          return false;
        }
        continue;
      }
      if (c < 0 || length == most) {
        return false;
      }
      if (c != '0' || length > 0) {
        bytes[length++] = c;
      }
      digits |= c <= '9';
    }
    return digits && length < to - from;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The tenths of a bit of a word, as far as {@link #STRONG}. */
  static int bits(byte[] word, int from, int length) {
    int bits = 0;
    for (int i = from; i < from + length && bits < STRONG; i++) {
      bits += BITS[word[i] & 0xff];
    }
    return bits;
  }

  /** Whether a word is a number with fewer digits than {@link #NUMBER}. */
  static boolean isSmallNumber(byte[] word, int from, int length) {
    if (length >= NUMBER) {
      return false;
    }
    for (int i = from; i < from + length; i++) {
      if (word[i] < '0' || word[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The length of the part of an e-mail address before its @; 0 if the word is no address. */
  static int localPart(byte[] word, int from, int length) {
    for (int i = from + 1; i < from + length - 1; i++) {
      if (word[i] == '@') {
        return i - from;
      }
    }
    return 0;
  }
}
