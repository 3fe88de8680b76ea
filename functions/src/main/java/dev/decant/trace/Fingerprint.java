package dev.decant.trace;

/**
 * The fingerprint of a traced value, as two longs, so that arrays and files of longs hold many.
 *
 * <p>The first long is the low lane of the value. The second long has the upper bits of the high
 * lane and says what the value is: its source (18 bits), its kind (3 bits), whether it is so long
 * that no mask gives it by chance (1 bit), and whether it may be a common value (1 bit). A
 * fingerprint thus has 105 bits.
 */
final class Fingerprint {
  /** The number of longs of a fingerprint. */
  static final int LONGS = 2;

  /** The longest window of words that is looked up. A kind up to it is the number of words. */
  static final int WINDOW = 5;

  /** The kind of a value that is only found whole. */
  static final int WHOLE = 6;

  /** The kind of an entry that is no value: the first word of a value of several words. */
  static final int FIRST_WORD = 7;

  /** The kind of an entry that is no value: the first characters of a value of kind WHOLE. */
  static final int BEGINNING = 0;

  private static final int FACTS_BITS = 23;
  private static final long FACTS = (1L << FACTS_BITS) - 1;
  private static final int KIND_SHIFT = 18;
  private static final long STRONG = 1L << 21;
  private static final long COMMON = 1L << 22;
  private static final int SOURCE = (1 << KIND_SHIFT) - 1;

  /** Two different values have the same fingerprint with a probability below 2 to minus this. */
  static final int BITS = 2 * Long.SIZE - FACTS_BITS - 1;

  private Fingerprint() {}

  /** The second long of the fingerprint of a value. */
  static long of(long hi, int words, boolean strong, boolean common, int source) {
    return (hi & ~FACTS)
        | (strong ? STRONG : 0)
        | (common ? COMMON : 0)
        | ((long) Math.min(words, WHOLE) << KIND_SHIFT)
        | source;
  }

  /** The second long of an entry that is no value. It is not 0, as padding is. */
  static long hint(int kind) {
    return ((long) kind << KIND_SHIFT) | 1;
  }

  /** Whether two second longs, or a high lane and a second long, belong to the same value. */
  static boolean isSame(long a, long b) {
    return ((a ^ b) & ~FACTS) == 0;
  }

  static int kind(long second) {
    return (int) (second >>> KIND_SHIFT) & 7;
  }

  static boolean strong(long second) {
    return (second & STRONG) != 0;
  }

  static boolean common(long second) {
    return (second & COMMON) != 0;
  }

  static int source(long second) {
    return (int) second & SOURCE;
  }

  /** The second long of the fingerprint of the same value of another source. */
  static long withSource(long second, int source) {
    return (second & ~SOURCE) | source;
  }
}
