package dev.decant.trace;

/**
 * Looks for traced values in the values that leave, for one thread. What the filter lets pass
 * becomes a candidate.
 */
public final class TextFinder {
  private static final int REMEMBERED = 1 << 13;
  private static final byte CLEAN = 1;

  private final SealedLongs.Writer candidates;
  private final WordSearch words;
  private final DocumentSearch documents;
  private final SearchVector vector = new SearchVector();

  /** The values without candidates. */
  private final RecentValues recent;

  private long place;
  private long found;

  TextFinder(WordKey key, TraceFilters filters, SealedLongs.Writer candidates) {
    this.candidates = candidates;
    this.recent = new RecentValues(key, REMEMBERED);
    this.words = new WordSearch(key, filters, this::candidate, true);
    this.documents = new DocumentSearch(words, recent, () -> found);
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
    if (DocumentSearch.isDocument(value, from, to) && documents.look(value, from, to, masked)) {
      return;
    }
    if (recent.find(value, from, to, masked ? 1 : 0) != CLEAN) {
      long before = found;
      words.look(value, from, to, masked);
      if (vector.read(value, from, to)) {
        words.look(vector.text(), 0, vector.length(), masked);
      }
      if (found == before) {
        recent.remember(CLEAN);
      }
    }
  }

  /**
   * Looks for a value among those that were traced by {@link ValueTracer#addAlone}.
   *
   * @param column the number of its column
   * @param row the number of its row
   */
  public void findAlone(int column, long row, byte[] value, int from, int to) {
    place = place(column, row);
    words.lookAlone(value, from, to);
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
