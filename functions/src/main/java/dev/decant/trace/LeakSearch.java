package dev.decant.trace;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;

/**
 * Looks for traced values in what leaves. A filter in the memory answers for nearly all values;
 * those that it lets pass are candidates and are compared with the fingerprints on disk, so the
 * size of the filter changes the time and never the result.
 *
 * <p>Two different values have the same fingerprint with a probability below 2<sup>-100</sup>. With
 * 10<sup>9</sup> traced values and 10<sup>12</sup> looked up, the probability of one false hit is
 * below 10<sup>-9</sup>.
 */
public final class LeakSearch implements AutoCloseable {
  /** A text that stands in so many rows of its column says nothing about a person. */
  static final int COMMON = 10;

  /** The memory of a candidate, approximately. */
  private static final int CANDIDATE = 200;

  /** Two different values have the same fingerprint with a probability below 2 to minus this. */
  private static final int FINGERPRINT_BITS = 100;

  /** The greatest integer that JSON numbers hold exactly. */
  private static final double MOST_EXACT = (1L << 53) - 1;

  private final WordKey key;
  private final SealedLongs values;
  private final SealedLongs candidates;
  private final TraceFilter filter;
  private final int most;
  private final ConcurrentLinkedQueue<TextFinder> finders = new ConcurrentLinkedQueue<>();

  LeakSearch(Path folder, long memory, SecureRandom random, WordKey key, SealedLongs values) {
    this.key = key;
    this.values = values;
    this.candidates = new SealedLongs(folder, random);
    this.most = Math.clamp(memory / CANDIDATE, 1000, 1 << 20);
    this.filter = new TraceFilter(values.size() / Fingerprint.LONGS * 2, memory);
    values.read(this::add);
  }

  private void add(long[] block, int length) {
    for (int i = 0; i < length; i += Fingerprint.LONGS) {
      int words = Fingerprint.words(block[i + 2]);
      if (words > 0) {
        filter.add(block[i]);
        if (words > 1 && words <= Fingerprint.WINDOW) {
          filter.add(Fingerprint.prefix(block[i + 2]));
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
   * one in this number. It is the number of pairs of a traced value and a value that was looked up,
   * over the number of fingerprints.
   */
  public long falseHitOneIn() {
    double pairs = Math.max(1, (double) values.size() / Fingerprint.LONGS * looked());
    return (long) Math.min(MOST_EXACT, Math.scalb(1.0, FINGERPRINT_BITS) / pairs);
  }

  /** One candidate with the places where it was found. */
  private static final class Candidate {
    private final long hi;
    private final Set<Long> places = new HashSet<>();
    private int source = -1;
    private int times;
    private boolean common;
    private boolean strong;

    private Candidate(long hi) {
      this.hi = hi;
    }
  }

  /**
   * Compares the candidates with the traced values. The threads of the finders must have ended.
   *
   * @param masked whether a mask wrote a column of the output, by its number. There, only values
   *     count that are so long that no mask gives them by chance
   * @return the leaks, those with the most rows first
   */
  public List<Leak> leaks(IntPredicate masked) {
    finders.forEach(TextFinder::flush);
    Map<Long, Set<Long>> found = new TreeMap<>();
    Map<Long, Candidate> chunk = new HashMap<>();
    candidates.read(
        (block, length) -> {
          for (int i = 0; i < length; i += Fingerprint.LONGS) {
            if (block[i] != 0 || block[i + 1] != 0) {
              candidate(chunk, block[i], block[i + 1], block[i + 2]);
            }
          }
          if (chunk.size() >= most) {
            confirm(chunk, masked, found);
          }
        });
    confirm(chunk, masked, found);
    List<Leak> leaks = new ArrayList<>();
    found.forEach(
        (columns, rows) ->
            leaks.add(new Leak((int) (columns >>> 32), columns.intValue(), rows.size())));
    leaks.sort(Comparator.comparingInt(Leak::rows).reversed());
    return leaks;
  }

  private static void candidate(Map<Long, Candidate> chunk, long lo, long hi, long place) {
    Candidate candidate = chunk.computeIfAbsent(lo, l -> new Candidate(hi));
    if (candidate.hi == hi && candidate.places.size() < Leak.MOST) {
      candidate.places.add(place);
    }
  }

  private void confirm(
      Map<Long, Candidate> chunk, IntPredicate masked, Map<Long, Set<Long>> found) {
    if (chunk.isEmpty()) {
      return;
    }
    values.read(
        (block, length) -> {
          for (int i = 0; i < length; i += Fingerprint.LONGS) {
            Candidate candidate = chunk.get(block[i]);
            if (candidate != null && candidate.hi == block[i + 1]) {
              long facts = block[i + 2];
              candidate.times++;
              candidate.strong |= Fingerprint.strong(facts);
              if (candidate.source < 0 || (candidate.common && !Fingerprint.common(facts))) {
                candidate.source = Fingerprint.source(facts);
                candidate.common = Fingerprint.common(facts);
              }
            }
          }
        });
    for (Candidate candidate : chunk.values()) {
      if (candidate.source < 0 || (candidate.common && candidate.times >= COMMON)) {
        continue;
      }
      for (long place : candidate.places) {
        int column = TextFinder.column(place);
        if (!masked.test(column) || candidate.strong) {
          Set<Long> rows =
              found.computeIfAbsent((long) column << 32 | candidate.source, c -> new HashSet<>());
          if (rows.size() < Leak.MOST) {
            rows.add(place);
          }
        }
      }
    }
    chunk.clear();
  }

  /** Removes the file of the candidates. */
  @Override
  public void close() {
    candidates.close();
  }
}
