package dev.decant.trace;

/**
 * A Bloom filter whose blocks are single longs (Putze, Sanders and Singler, Cache-, Hash- and
 * Space-Efficient Bloom Filters, 2007): an entry sets five bits of one long, so a question reads
 * one long. It never misses an entry. With 16 bits for an entry about one of 100 other values
 * passes; each that passes is compared with the fingerprints themselves.
 *
 * <p>It has two kinds of entries: values, and the first words of values of several words. The
 * entries of a word are in the same long, so one access answers both questions.
 *
 * <p>Entries are added by one thread. Then any number of threads may ask.
 */
final class TraceFilter {
  /** The bits of a fingerprint that choose the long. A prefix consists of no more bits. */
  static final int PREFIX_BITS = 40;

  private static final long PREFIX = (1L << PREFIX_BITS) - 1;

  private static final int BITS_PER_ENTRY = 16;
  private static final int LEAST = 1024;
  private static final int MOST = 1 << 28;

  private final long[] bits;

  /**
   * An empty filter.
   *
   * @param entries the expected number of entries
   * @param memory the number of bytes that it may take
   */
  TraceFilter(long entries, long memory) {
    long wanted = Math.max(LEAST, entries * BITS_PER_ENTRY / Long.SIZE);
    bits = new long[(int) Math.min(wanted, Math.min(memory / Long.BYTES, MOST))];
  }

  /** Adds the low lane of a value. */
  void add(long value) {
    bits[index(value)] |= pattern(value);
  }

  /** Adds the first word of a value of several words. */
  void addPrefix(long first) {
    bits[index(first)] |= prefixPattern(first);
  }

  /** The long that says of a value whether it was added. */
  long at(long value) {
    return bits[index(value)];
  }

  /** Whether the value was added, by its long; sometimes true although it was not. */
  static boolean has(long block, long value) {
    long pattern = pattern(value);
    return (block & pattern) == pattern;
  }

  /** Whether an added value begins with this word; sometimes true although none does. */
  static boolean hasPrefix(long block, long first) {
    long pattern = prefixPattern(first);
    return (block & pattern) == pattern;
  }

  boolean has(long value) {
    return has(at(value), value);
  }

  /** The bytes that the filter takes. */
  long memory() {
    return (long) bits.length * Long.BYTES;
  }

  private int index(long value) {
    return (int) Math.unsignedMultiplyHigh(value << (Long.SIZE - PREFIX_BITS), bits.length);
  }

  private static long pattern(long value) {
    return bits(value * 0xff51afd7ed558ccdL);
  }

  private static long prefixPattern(long first) {
    return bits((first & PREFIX) * 0xbf58476d1ce4e5b9L);
  }

  private static long bits(long hash) {
    return 1L << (hash >>> 58)
        | 1L << (hash >>> 52)
        | 1L << (hash >>> 46)
        | 1L << (hash >>> 40)
        | 1L << (hash >>> 34);
  }
}
