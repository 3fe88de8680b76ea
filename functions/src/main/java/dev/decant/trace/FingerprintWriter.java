package dev.decant.trace;

import java.util.Set;

/** Writes the fingerprints that one thread takes, apart from those that it wrote a moment ago. */
final class FingerprintWriter {
  private static final int RECENT = 1 << 12;

  private final SealedLongs.Writer file;
  private final Set<Long> ignored;
  private final Distinct distinct = new Distinct();
  private long written;
  private int source;
  private boolean common;

  /** The fingerprints that were written last, and how often, because many values are repeated. */
  private final long[] recent = new long[RECENT];

  private final byte[] times = new byte[RECENT];

  /**
   * @param ignored the low lanes of values that are not traced
   */
  FingerprintWriter(SealedLongs.Writer file, Set<Long> ignored) {
    this.file = file;
    this.ignored = ignored;
  }

  /**
   * Begins a value.
   *
   * @param column the number of its column
   * @param mayBeCommon whether the value counts only while it is rare
   */
  void begin(int column, boolean mayBeCommon) {
    source = column;
    common = mayBeCommon;
  }

  void emit(long lo, long hi, long firstLo, int words, boolean strong) {
    if (isNew(lo ^ source) && (ignored.isEmpty() || !ignored.contains(lo))) {
      long facts = Fingerprint.facts(firstLo, words, strong, common, source);
      file.append(lo, hi, facts);
      written++;
      distinct.add(lo);
      if (Fingerprint.isWindow(facts)) {
        distinct.add(firstLo * 0x9e3779b97f4a7c15L);
      }
    }
  }

  /** Whether a fingerprint is not one that was written often enough a moment ago. */
  private boolean isNew(long lo) {
    int slot = (int) (lo >>> 48) & (RECENT - 1);
    if (recent[slot] != lo) {
      recent[slot] = lo;
      times[slot] = 0;
    }
    if (times[slot] == (common ? LeakSearch.COMMON : 1)) {
      return false;
    }
    times[slot]++;
    return true;
  }

  void flush() {
    file.flush();
  }

  /** The number of fingerprints. */
  long written() {
    return written;
  }

  /** The number of different entries of a filter for them, approximately. */
  Distinct distinct() {
    return distinct;
  }
}
