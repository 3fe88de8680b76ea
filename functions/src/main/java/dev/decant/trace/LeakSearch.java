package dev.decant.trace;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Looks for traced values in what leaves. A filter in the memory answers for nearly all values;
 * those that it lets pass are candidates and are compared with the fingerprints on disk, so the
 * size of the filter changes the time and never the result.
 */
public final class LeakSearch implements AutoCloseable {
  /** A text that stands in so many rows of its column says nothing about a person. */
  static final int COMMON = 10;

  /** Two different values have the same fingerprint with a probability below 2 to minus this. */
  private static final int FINGERPRINT_BITS = 100;

  /** The greatest integer that JSON numbers hold exactly. */
  private static final double MOST_EXACT = (1L << 53) - 1;

  private final WordKey key;
  private final SealedLongs values;
  private final SealedLongs candidates;
  private final TraceFilter filter;
  private final long memory;
  private final ConcurrentLinkedQueue<TextFinder> finders = new ConcurrentLinkedQueue<>();

  /**
   * @param memory the bytes that the search may take
   * @param distinct the number of different entries of the filter, approximately
   */
  LeakSearch(
      Path folder,
      long memory,
      SecureRandom random,
      WordKey key,
      SealedLongs values,
      long distinct) {
    this.key = key;
    this.values = values;
    this.memory = memory;
    this.candidates = new SealedLongs(folder, random);
    this.filter = new TraceFilter(distinct, memory);
    values.read(this::add);
  }

  private void add(long[] block, int length) {
    for (int i = 0; i < length; i += Fingerprint.LONGS) {
      long facts = block[i + 2];
      if (Fingerprint.words(facts) > 0) {
        filter.add(block[i]);
        if (Fingerprint.isWindow(facts)) {
          filter.addPrefix(Fingerprint.first(facts));
        }
      }
    }
  }

  /** A finder for one thread. */
  public TextFinder finder() {
    TextFinder finder = new TextFinder(key, filter, candidates.new Writer());
    finders.add(finder);
    return finder;
  }

  /** The number of words and windows that were looked up, after {@link #leaks}. */
  public long looked() {
    return finders.stream().mapToLong(TextFinder::looked).sum();
  }

  /**
   * The probability that this search takes any value for a raw one although it is none is at most
   * one in this number. It is the number of fingerprints over the number of pairs of a traced value
   * and a value that was looked up.
   */
  public long falseHitOneIn() {
    double pairs = Math.max(1, (double) values.size() / Fingerprint.LONGS * looked());
    return (long) Math.min(MOST_EXACT, Math.scalb(1.0, FINGERPRINT_BITS) / pairs);
  }

  /**
   * Compares the candidates with the traced values. The threads of the finders must have ended.
   *
   * @return the leaks, those with the most rows first
   */
  public List<Leak> leaks() {
    finders.forEach(TextFinder::flush);
    return new Confirmation(values, memory).leaks(candidates);
  }

  /** Removes the file of the candidates. */
  @Override
  public void close() {
    candidates.close();
  }
}
