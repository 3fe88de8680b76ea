package dev.decant.trace;

/**
 * The filters of a search: one for the values, and a small one for their beginnings, which tells
 * whether it is worth while to look a window of words or a long text up.
 */
final class TraceFilters {
  private final TraceFilter values;
  private final TraceFilter beginnings;
  private final int minLength;

  /**
   * Empty filters.
   *
   * @param memory the bytes that they may take
   * @param minLength no value of one word has fewer bytes
   */
  TraceFilters(long distinctValues, long distinctBeginnings, long memory, int minLength) {
    this.minLength = minLength;
    values = new TraceFilter(distinctValues, memory / 8 * 7);
    // It has twice the bits, because a false answer for a frequent word costs time in each value.
    beginnings = new TraceFilter(2 * distinctBeginnings, memory / 8);
  }

  /** Adds a block of fingerprints. */
  void add(long[] block, int length) {
    for (int i = 0; i < length; i += Fingerprint.LONGS) {
      long second = block[i + 1];
      switch (Fingerprint.kind(second)) {
        case Fingerprint.FIRST_WORD -> beginnings.add(block[i]);
        case Fingerprint.BEGINNING -> {
          if (second != 0) {
            beginnings.add(block[i]);
          }
        }
        default -> values.add(block[i]);
      }
    }
  }

  TraceFilter values() {
    return values;
  }

  int minLength() {
    return minLength;
  }

  TraceFilter beginnings() {
    return beginnings;
  }
}
