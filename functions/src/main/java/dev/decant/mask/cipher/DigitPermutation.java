package dev.decant.mask.cipher;

/**
 * A keyed permutation of the numbers of a mixed radix, which are given as digits. The digits are
 * packed into words of at most 62 bits. If there is one word, {@link BitPermutation} permutes it.
 * Otherwise each word is permuted in turn, in four passes, by a permutation that all other words
 * choose. Each step can be undone, so different numbers stay different. Only one thread may use an
 * instance.
 */
public final class DigitPermutation {
  private static final int WORD_BITS = 62;
  private static final int PASSES = 4;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Prf prf;
  private final BitPermutation permutation;
  private final int[] radixes;

  /** The word that each digit belongs to. */
  private final int[] wordOf;

  private final long[] sizes;
  private final long[] words;

  /**
   * The numbers of so many digits as there are radixes.
   *
   * @param radixes the number of values of each digit, at least 1
   */
  public DigitPermutation(Prf prf, int[] radixes) {
    this.prf = prf;
    this.radixes = radixes.clone();
    permutation = new BitPermutation(prf);
    wordOf = new int[radixes.length];
    long size = 1;
    int word = 0;
    long[] all = new long[radixes.length + 1];
    for (int i = 0; i < radixes.length; i++) {
      if (size > (1L << WORD_BITS) / radixes[i]) {
        word++;
        size = 1;
      }
      size *= radixes[i];
      wordOf[i] = word;
      all[word] = size;
    }
    sizes = java.util.Arrays.copyOf(all, word + 1);
    words = new long[word + 1];
  }

  /** Permutes the digits in place. */
  public void permute(int[] digits) {
    java.util.Arrays.fill(words, 0);
    for (int i = 0; i < radixes.length; i++) {
      words[wordOf[i]] = words[wordOf[i]] * radixes[i] + digits[i];
    }
    int passes = words.length == 1 ? 1 : PASSES;
    for (int pass = 0; pass < passes; pass++) {
      for (int word = 0; word < words.length; word++) {
        words[word] = next(pass, word);
      }
    }
    unpack(digits);
  }

  private long next(int pass, int word) {
    long tweak = (long) pass * words.length + word;
    for (int other = 0; other < words.length; other++) {
      if (other != word) {
        tweak = prf.hash(tweak + other * GOLDEN, words[other]);
      }
    }
    return sizes[word] <= 1
        ? words[word]
        : permutation.permuteBelow(tweak, words[word], sizes[word]);
  }

  /** Sets the digits to a number that the bytes choose. */
  public void choose(byte[] value, int from, int to, int[] digits) {
    for (int word = 0; word < words.length; word++) {
      words[word] = Math.unsignedMultiplyHigh(prf.hash(-1L - word, value, from, to), sizes[word]);
    }
    unpack(digits);
  }

  private void unpack(int[] digits) {
    for (int i = radixes.length - 1; i >= 0; i--) {
      int word = wordOf[i];
      digits[i] = (int) (words[word] % radixes[i]);
      words[word] /= radixes[i];
    }
  }
}
