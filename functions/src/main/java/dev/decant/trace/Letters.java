package dev.decant.trace;

/**
 * The letters and digits of a short value without anything between them: {@code +49 (30) 1234567}
 * gives {@code 49301234567}. Zeros at the beginning are left out as long as {@link #NUMBER} letters
 * and digits remain, so {@code 0049 30 1234567} gives the same, and {@code 030/1234567} gives
 * {@code 0301234567}. A zero between the first two groups, as in {@code +49 (0)30}, is left out.
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
  private int from;
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
  boolean read(byte[] words, int begin, int end) {
    length = 0;
    from = 0;
    boolean digits = false;
    int groups = 0;
    boolean inGroup = false;
    for (int i = begin; i < end; i++) {
      byte c = words[i];
      if (!isLetterOrDigit(c)) {
        if (c == '@') {
          return false;
        }
        inGroup = false;
        continue;
      }
      if (c < 0 || length == most) {
        return false;
      }
      groups += inGroup ? 0 : 1;
      boolean isTrunk = c == '0' && groups == 2 && !inGroup && isLone(words, i, end);
      inGroup = true;
      if (!isTrunk) {
        bytes[length++] = c;
        digits |= c <= '9';
      }
    }
    while (length > NUMBER && bytes[from] == '0') {
      from++;
      length--;
    }
    return digits && length < end - begin;
  }

  /** Whether a character is a group of its own and not the last one. */
  private static boolean isLone(byte[] words, int at, int end) {
    return at + 1 < end && !isLetterOrDigit(words[at + 1]);
  }

  /** An array with the result from {@link #from()} on. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  /** Whether a byte of a folded word is one of a letter or a digit. */
  static boolean isLetterOrDigit(byte c) {
    return BITS[c & 0xff] != 0;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Whether folded words, as they lie in an array with a blank between two of them, are {@link
   * #STRONG} together.
   */
  static boolean isStrong(byte[] words, int from, int length) {
    int bits = 0;
    if (length >= STRONG_LENGTH) {
      for (int i = from; i < from + length && bits < STRONG; i++) {
        bits += BITS[words[i] & 0xff];
      }
    }
    return bits >= STRONG;
  }

  /** Whether a word is a number with fewer digits than {@link #NUMBER}. */
  static boolean isSmallNumber(byte[] word, int from, int length) {
    if (length >= NUMBER) {
      return false;
    }
    for (int i = from; i < from + length; i++) {
      if (!isDigit(word[i])) {
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
