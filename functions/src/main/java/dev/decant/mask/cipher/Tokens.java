package dev.decant.mask.cipher;

import dev.decant.copy.Bytes;

/** Words of the alphabet a-z and 2-7 with five pseudo-random bits in each character. */
public final class Tokens {
  /** The fewest characters that keep different values apart in practice, which have 65 bits. */
  public static final int LEAST = 13;

  /** The number of characters that a word of 64 bits gives. */
  private static final int A_WORD = 12;

  private static final byte[] DIGITS = {
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's',
    't', 'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7'
  };

  private Tokens() {}

  /**
   * Appends a token of the value. It uses this tweak and, if it is long, the tweaks that follow.
   */
  public static void append(
      Prf prf, long tweak, byte[] value, int from, int to, int characters, Bytes out) {
    byte[] array = out.reserve(characters);
    int at = out.length();
    out.length(at + characters);
    long word = 0;
    for (int i = 0; i < characters; i++) {
      if (i % A_WORD == 0) {
        word = prf.hash(tweak + i / A_WORD, value, from, to);
      }
      array[at++] = DIGITS[(int) (word & 31)];
      word >>>= 5;
    }
  }
}
