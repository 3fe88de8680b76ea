package dev.decant.trace;

/**
 * The fingerprint of a traced value, as three longs, so that arrays and files of longs hold many.
 *
 * <p>The third long says what the value is: its first word ({@link TraceFilter#PREFIX_BITS} of the
 * low lane), the number of its words (3 bits, where 6 stands for more than five), whether it is so
 * long that no mask gives it by chance (1 bit), whether it may be a common value (1 bit), and its
 * source (18 bits).
 */
final class Fingerprint {
  /** The number of longs of a fingerprint. */
  static final int LONGS = 3;

  /** The number of words of a value that is only found whole. */
  static final int WHOLE = 6;

  /** The longest window of words that is looked up. */
  static final int WINDOW = 5;

  private static final long FIRST = (1L << TraceFilter.PREFIX_BITS) - 1;

  private Fingerprint() {}

  static long facts(long firstLo, int words, boolean strong, boolean common, int source) {
    return (firstLo & FIRST)
        | ((long) Math.min(words, WHOLE) << 40)
        | (strong ? 1L << 43 : 0)
        | (common ? 1L << 44 : 0)
        | ((long) source << 45);
  }

  static int words(long facts) {
    return (int) (facts >>> 40) & 7;
  }

  /** Whether the value has several words and is found in windows of words. */
  static boolean isWindow(long facts) {
    int words = words(facts);
    return words > 1 && words <= WINDOW;
  }

  /** The low lane of the first word, as far as it is known. */
  static long first(long facts) {
    return facts & FIRST;
  }

  static boolean strong(long facts) {
    return (facts & (1L << 43)) != 0;
  }

  static boolean common(long facts) {
    return (facts & (1L << 44)) != 0;
  }

  static int source(long facts) {
    return (int) (facts >>> 45);
  }
}
