package dev.decant.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A Bloom filter whose blocks are single longs (Putze, Sanders and Singler, Cache-, Hash- and
 * Space-Efficient Bloom Filters, 2007): an entry sets five bits of one long, so a question reads
 * one long. It never misses an entry. With 16 bits for an entry about one of 100 other values
 * passes; each that passes is compared with the fingerprints themselves.
 *
 * <p>Any number of threads may add entries. After all of them, any number of threads may ask.
 */
final class TraceFilter {
  private static final int BITS_PER_ENTRY = 16;
  private static final int LEAST = 1024;
  private static final int MOST = 1 << 28;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

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

  /** Adds a pseudo-random number. */
  void add(long entry) {
    var _ = (long) LONGS.getAndBitwiseOr(bits, index(entry), pattern(entry));
  }

  /** Whether the entry was added; sometimes true although it was not. */
  boolean has(long entry) {
    long pattern = pattern(entry);
    return (bits[index(entry)] & pattern) == pattern;
  }

  /** The bytes that the filter takes. */
  long memory() {
    return (long) bits.length * Long.BYTES;
  }

  private int index(long entry) {
    return (int) Math.unsignedMultiplyHigh(entry, bits.length);
  }

  private static long pattern(long entry) {
    long hash = entry * 0xff51afd7ed558ccdL;
    return 1L << (hash >>> 58)
        | 1L << (hash >>> 52)
        | 1L << (hash >>> 46)
        | 1L << (hash >>> 40)
        | 1L << (hash >>> 34);
  }
}
