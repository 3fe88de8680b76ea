package dev.decant.trace;

import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Writes the fingerprints that one thread takes, apart from those that it wrote a moment ago. */
final class FingerprintWriter {
  private static final int RECENT = 1 << 12;
  private static final int HINTS = 1 << 12;

  private final SealedLongs.Writer file;
  private final Set<Long> ignored;
  private final Distinct distinct = new Distinct();
  private final Distinct distinctHints = new Distinct();
  private long written;
  private int source;
  private boolean common;

  /** The fingerprints that were written last, and how often, because many values are repeated. */
  private final long[] recent = new long[RECENT];

  private final byte[] times = new byte[RECENT];

  /** The beginnings that were written last. */
  private final long[] hints = new long[HINTS];

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

  /**
   * Writes the fingerprint of a value.
   *
   * @param beginning the low lane of its first word, or of its first characters if it has more
   *     words than a window. Of a single word it is the low lane of its first segment, or 0
   */
  void emit(long lo, long hi, long beginning, int words, boolean strong) {
    if (isNew(common ? lo ^ source : lo) && !isIgnored(lo)) {
      append(lo, Fingerprint.of(hi, words, strong, common, source));
      if (beginning != 0) {
        int kind = words > Fingerprint.WINDOW ? Fingerprint.BEGINNING : Fingerprint.FIRST_WORD;
        hint(beginning, kind);
        if (strong) {
          hint(WordKey.strong(beginning), kind);
        }
      }
    }
  }

  /** Writes the fingerprint of a value that is only found as a whole, in columns of some masks. */
  void emitAlone(long lo, long hi, int words) {
    if (!isIgnored(lo)) {
      append(WordKey.alone(lo), Fingerprint.of(hi, words, false, false, source));
    }
  }

  /**
   * Writes a fingerprint that a writer of another process of the run wrote.
   *
   * @param sources the number here of each source of the other process
   */
  void addExported(long lo, long second, IntUnaryOperator sources) {
    switch (Fingerprint.kind(second)) {
      case Fingerprint.FIRST_WORD, Fingerprint.BEGINNING -> hint(lo, Fingerprint.kind(second));
      default ->
          append(
              lo, Fingerprint.withSource(second, sources.applyAsInt(Fingerprint.source(second))));
    }
  }

  private boolean isIgnored(long lo) {
    return !ignored.isEmpty() && ignored.contains(lo);
  }

  private void append(long lo, long second) {
    file.append(lo, second);
    written++;
    distinct.add(lo);
  }

  private void hint(long lo, int kind) {
    int slot = (int) (lo >>> 48) & (HINTS - 1);
    if (hints[slot] != lo) {
      hints[slot] = lo;
      file.append(lo, Fingerprint.hint(kind));
      distinctHints.add(lo);
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

  /** The different values. */
  Distinct distinct() {
    return distinct;
  }

  /** The different beginnings of values. */
  Distinct distinctHints() {
    return distinctHints;
  }
}
