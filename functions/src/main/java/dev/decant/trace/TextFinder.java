package dev.decant.trace;

/**
 * Looks for traced values in the values that leave, for one thread. What the filter lets pass
 * becomes a candidate.
 */
public final class TextFinder {
  private static final int REMEMBERED = 1 << 13;
  private static final int REMEMBERED_LENGTH = 64;

  private final WordKey key;
  private final SealedLongs.Writer candidates;
  private final WordSearch words;

  /** Fingerprints of short values without candidates, because many columns have few values. */
  private final long[] clean = new long[REMEMBERED];

  private final byte[] copy = new byte[REMEMBERED_LENGTH + WordKey.SLACK];
  private long place;
  private long found;

  TextFinder(WordKey key, TraceFilters filters, SealedLongs.Writer candidates) {
    this.key = key;
    this.candidates = candidates;
    this.words = new WordSearch(key, filters, this::candidate, true);
  }

  /**
   * Looks for traced values in a value.
   *
   * @param column the number of its column
   * @param row the number of its row
   * @param masked whether a mask wrote parts of the value. Then only values count that are so long
   *     that no mask gives them by chance
   * @param value an array with its UTF-8 in {@code [from, to)}
   */
  public void find(int column, long row, boolean masked, byte[] value, int from, int to) {
    place = place(column, row);
    int length = to - from;
    if (length > REMEMBERED_LENGTH) {
      words.look(value, from, to, masked);
    } else if (length > 0) {
      System.arraycopy(value, from, copy, 0, length);
      long hash = key.hi(copy, 0, length) + (masked ? 1 : 0);
      int slot = (int) (hash >>> 40) & (REMEMBERED - 1);
      if (clean[slot] != hash) {
        long before = found;
        words.look(copy, 0, length, masked);
        if (found == before) {
          clean[slot] = hash;
        }
      }
    }
  }

  /** The place of a value as one number: 20 bits of its column, and 43 bits of its row. */
  static long place(int column, long row) {
    return ((long) column << 43) | (row & ((1L << 43) - 1));
  }

  static int column(long place) {
    return (int) (place >>> 43) & ((1 << 20) - 1);
  }

  /** Whether only values count that are so long that they do not come about by chance. */
  static boolean isStrict(long place) {
    return place < 0;
  }

  /** The number of words and windows that were looked up. */
  long looked() {
    return words.looked();
  }

  void flush() {
    candidates.flush();
  }

  private void candidate(long lo, long hi, boolean strict) {
    found++;
    candidates.append(lo, hi, strict ? place | Long.MIN_VALUE : place);
  }
}
