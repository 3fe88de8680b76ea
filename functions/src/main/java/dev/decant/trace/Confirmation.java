package dev.decant.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Compares candidates with the fingerprints of the traced values. It holds as many candidates as
 * the memory allows, and reads the fingerprints once for each such chunk.
 */
final class Confirmation {
  /** The memory of a candidate, approximately. */
  private static final int CANDIDATE = 200;

  private final SealedLongs values;
  private final int most;
  private final IntPredicate leaves;
  private final Map<Long, Candidate> chunk = new HashMap<>();

  /** The rows in which values were found, by the column and the source. */
  private final Map<Long, Set<Long>> found = new TreeMap<>();

  /**
   * @param leaves whether the column with this number leaves. Candidates of other columns do not
   *     count
   */
  Confirmation(SealedLongs values, long memory, IntPredicate leaves) {
    this.values = values;
    this.leaves = leaves;
    this.most = Math.clamp(memory / CANDIDATE, 1000, 1 << 20);
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

    /** Compares it with the second long of a fingerprint. */
    void compare(long facts) {
      if (Fingerprint.isSame(hi, facts)) {
        times++;
        strong |= Fingerprint.strong(facts);
        if (source < 0 || (common && !Fingerprint.common(facts))) {
          source = Fingerprint.source(facts);
          common = Fingerprint.common(facts);
        }
      }
    }

    boolean isLeak() {
      return source >= 0 && !(common && times >= LeakSearch.COMMON);
    }
  }

  List<Leak> leaks(SealedLongs candidates) {
    candidates.read(this::add);
    confirm();
    List<Leak> leaks = new ArrayList<>();
    found.forEach(
        (columns, rows) ->
            leaks.add(new Leak((int) (columns >>> 32), columns.intValue(), rows.size())));
    leaks.sort(Comparator.comparingInt(Leak::rows).reversed());
    return leaks;
  }

  private void add(long[] block, int length) {
    for (int i = 0; i < length; i += 3) {
      boolean padding = block[i] == 0 && block[i + 1] == 0;
      if (padding || !leaves.test(TextFinder.column(block[i + 2]))) {
        continue;
      }
      long hi = block[i + 1];
      Candidate candidate = chunk.computeIfAbsent(block[i], l -> new Candidate(hi));
      if (candidate.hi == hi && candidate.places.size() < Leak.MOST) {
        candidate.places.add(block[i + 2]);
      }
    }
    if (chunk.size() >= most) {
      confirm();
    }
  }

  private void confirm() {
    if (chunk.isEmpty()) {
      return;
    }
    // It spares most of the look-ups in the map.
    TraceFilter filter = new TraceFilter(chunk.size(), most);
    chunk.keySet().forEach(filter::add);
    values.read(
        (block, length) -> {
          for (int i = 0; i < length; i += Fingerprint.LONGS) {
            Candidate candidate = filter.has(block[i]) ? chunk.get(block[i]) : null;
            if (candidate != null) {
              candidate.compare(block[i + 1]);
            }
          }
        });
    chunk.values().stream().filter(Candidate::isLeak).forEach(this::leak);
    chunk.clear();
  }

  private void leak(Candidate candidate) {
    for (long place : candidate.places) {
      if (!TextFinder.isStrict(place) || candidate.strong) {
        long columns = (long) TextFinder.column(place) << 32 | candidate.source;
        Set<Long> rows = found.computeIfAbsent(columns, c -> new HashSet<>());
        if (rows.size() < Leak.MOST) {
          rows.add(place & Long.MAX_VALUE);
        }
      }
    }
  }
}
