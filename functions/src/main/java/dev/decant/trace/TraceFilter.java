package dev.decant.trace;

/**
 * A Bloom filter in blocks of one cache line (Putze, Sanders and Singler, Cache-, Hash- and
 * Space-Efficient Bloom Filters, 2007): an entry sets eight bits in one block of 512 bits. It never
 * misses an entry. With 16 bits for an entry about one of 1,000 other values passes, with 8 bits
 * one of 40; each that passes is compared with the fingerprints themselves.
 *
 * <p>Entries are added by one thread. Then any number of threads may ask.
 */
final class TraceFilter {
  private static final int BLOCK = 8;

  private final long[] bits;
  private final long mask;

  /**
   * An empty filter.
   *
   * @param entries the expected number of entries
   * @param most the number of bytes that it may take
   */
  TraceFilter(long entries, long most) {
    long longs = BLOCK;
    while (longs * 64 < entries * 20 && longs * 2 * Long.BYTES <= most) {
      longs *= 2;
    }
    bits = new long[Math.toIntExact(longs)];
    mask = longs / BLOCK - 1;
  }

  /** Adds an entry, which is a pseudo-random number. */
  void add(long entry) {
    int block = block(entry);
    long rest = entry * 0xff51afd7ed558ccdL;
    for (int i = 0; i < BLOCK; i++) {
      bits[block + i] |= 1L << (rest >>> (6 * i));
    }
  }

  /** Whether the entry was added; sometimes true although it was not. */
  boolean has(long entry) {
    int block = block(entry);
    long rest = entry * 0xff51afd7ed558ccdL;
    for (int i = 0; i < BLOCK; i++) {
      if (((bits[block + i] >>> (rest >>> (6 * i))) & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  private int block(long entry) {
    return (int) ((entry ^ (entry >>> 32)) & mask) * BLOCK;
  }
}
