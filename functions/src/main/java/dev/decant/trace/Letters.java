package dev.decant.trace;

/**
 * The letters and digits of a short value without anything between them: {@code +49 (30) 123-45}
 * gives {@code 493012345}. One thread uses an instance.
 */
final class Letters {
  /**
   * The number of tenths of a bit from which on a value does not come about by chance: 64 bits. A
   * letter counts 4.7 bits and a digit 3.3, as if each were random.
   */
  static final int STRONG = 640;

  /** Columns of numbers have numbers with fewer digits by chance. */
  static final int NUMBER = 10;

  private final byte[] bytes;
  private int length;

  /**
   * @param most the greatest number of letters and digits
   */
  Letters(int most) {
    bytes = new byte[most];
  }

  /**
   * Takes the letters and digits of folded words.
   *
   * @return whether there are digits among them, and something else between them, and all letters
   *     are of ASCII, and they fit
   */
  boolean read(byte[] words, int wordsLength) {
    length = 0;
    boolean digits = false;
    for (int i = 0; i < wordsLength; i++) {
      byte c = words[i];
      boolean digit = c >= '0' && c <= '9';
      if (digit || (c >= 'a' && c <= 'z')) {
        if (length == bytes.length) {
          return false;
        }
        bytes[length++] = c;
        digits |= digit;
      } else if (c < 0 || c == '@') {
        return false;
      }
    }
    return digits && length < wordsLength;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The tenths of a bit of a word. */
  static int bits(byte[] word, int from, int length) {
    int bits = 0;
    for (int i = from; i < from + length; i++) {
      byte c = word[i];
      bits += c >= '0' && c <= '9' ? 33 : (c >= 'a' && c <= 'z') || c < 0 ? 47 : 0;
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

  static boolean onlyLetters(byte[] word, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (word[i] >= 0 && (word[i] < 'a' || word[i] > 'z') && word[i] != '-') {
        return false;
      }
    }
    return true;
  }
}
