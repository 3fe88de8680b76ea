package dev.decant.trace;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Looks for traced values in what leaves. A filter in the memory answers for nearly all values;
 * those that it lets pass are candidates and are compared with the fingerprints on disk, so the
 * size of the filter changes the time and never the result.
 */
public final class LeakSearch implements AutoCloseable {
  /** A text that stands in so many rows of its column says nothing about a person. */
  static final int COMMON = 10;

  /** The greatest integer that JSON numbers hold exactly. */
  private static final double MOST_EXACT = (1L << 53) - 1;

  private final WordKey key;
  private final SealedLongs values;
  private final SealedLongs candidates;
  private final TraceFilters filters;
  private final long memory;
  private final int shares;
  private final AtomicInteger unfilled;
  private final ConcurrentLinkedQueue<TextFinder> finders = new ConcurrentLinkedQueue<>();

  /**
   * @param candidates an empty file, which {@link #close} removes
   * @param memory the bytes that the comparison with the fingerprints may take
   * @param shares the number of threads that fill the filters
   */
  LeakSearch(
      WordKey key,
      TraceFilters filters,
      SealedLongs values,
      SealedLongs candidates,
      long memory,
      int shares) {
    this.key = key;
    this.filters = filters;
    this.values = values;
    this.candidates = candidates;
    this.memory = memory;
    this.shares = shares;
    this.unfilled = new AtomicInteger(shares);
  }

  /**
   * Brings a share of the traced values into the filter. Each share must be filled once, by any
   * thread.
   *
   * @param share a number from zero
   */
  public void fill(int share) {
    values.read(filters::add, share, shares);
    unfilled.decrementAndGet();
  }

  /** Whether all shares are in the filter. */
  public boolean isFilled() {
    return unfilled.get() == 0;
  }

  /** The bytes that the filters take. */
  long filterBytes() {
    return filters.values().memory() + filters.beginnings().memory();
  }

  /**
   * A finder for one thread.
   *
   * @throws IllegalStateException if the filter is not filled, because the finder would miss values
   */
  public TextFinder finder() {
    if (!isFilled()) {
      throw new IllegalStateException("The filter is not filled.");
    }
    TextFinder finder = new TextFinder(key, filters, candidates.new Writer());
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
    return (long) Math.min(MOST_EXACT, Math.scalb(1.0, Fingerprint.BITS) / pairs);
  }

  /**
   * Compares the candidates with the traced values. The threads of the finders must have ended.
   *
   * @param leaves whether the column with this number leaves. Candidates of other columns do not
   *     count
   * @return the leaks, those with the most rows first
   */
  public List<Leak> leaks(IntPredicate leaves) {
    finders.forEach(TextFinder::flush);
    return new Confirmation(values, memory, leaves).leaks(candidates);
  }

  /** Removes the file of the candidates. */
  @Override
  public void close() {
    candidates.close();
  }
}
