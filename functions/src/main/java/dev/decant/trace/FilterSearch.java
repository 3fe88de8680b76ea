package dev.decant.trace;

/**
 * Asks the filter for words and for windows of up to five words, and passes on the fingerprints
 * that the filter lets pass. One thread uses an instance.
 */
final class FilterSearch {
  /** Gets what the filter lets pass. */
  interface Candidates {
    /**
     * Gets one fingerprint.
     *
     * @param strict whether only values count that are so long that they do not come about by
     *     chance
     */
    void add(long lo, long hi, boolean strict);
  }

  private final WordKey key;
  private final TraceFilter values;
  private final TraceFilter beginnings;
  private final Candidates candidates;
  private final int minLength;
  private boolean strict;

  /** Shorter words are not looked up. */
  private int least;

  private boolean began;
  private long looked;

  FilterSearch(WordKey key, TraceFilters filters, Candidates candidates) {
    this.key = key;
    this.values = filters.values();
    this.beginnings = filters.beginnings();
    this.minLength = filters.minLength();
    this.candidates = candidates;
  }

  /** Begins a value. */
  void begin(boolean onlyStrong) {
    strict = onlyStrong;
    least = onlyStrong ? Letters.STRONG_LENGTH : minLength;
    began = false;
  }

  /** Whether a traced value of several words or segments may begin with any word of the value. */
  boolean began() {
    return began;
  }

  boolean isStrict() {
    return strict;
  }

  int least() {
    return least;
  }

  /** The number of look-ups. */
  long looked() {
    return looked;
  }

  /** Whether values of several words begin with the word that has this low lane. */
  boolean begins(long one) {
    if (hasBeginning(one)) {
      began = true;
      return true;
    }
    return false;
  }

  /** Whether values of one word begin with the segment that has this low lane. */
  boolean beginsPart(long one) {
    return hasBeginning(WordKey.firstSegment(one));
  }

  /** Whether long texts begin as the first word of a value does. */
  boolean beginsText(WordList words) {
    return hasBeginning(key.beginning(words.bytes(), words.start(0), words.length(0)));
  }

  private boolean hasBeginning(long lane) {
    return beginnings.has(strict ? WordKey.strong(lane) : lane);
  }

  /** Looks a fingerprint up. */
  void value(long lo, long hi) {
    looked++;
    if (values.has(lo)) {
      candidates.add(lo, hi, strict);
    }
  }

  /** Looks bytes up as one word. */
  void word(byte[] bytes, int from, int length) {
    if (length < least) {
      return;
    }
    looked++;
    long lo = key.oneLo(key.lo(bytes, from, length));
    if (values.has(lo)) {
      candidates.add(lo, key.oneHi(key.hi(bytes, from, length)), strict);
    }
  }

  /**
   * Looks a word of the list up. If values may begin with it, marks it and looks its windows up.
   */
  void word(WordList words, int word) {
    long one = key.oneLo(words.low(word));
    single(words, word, one);
    if (begins(one)) {
      words.mark(word, WordList.BEGINS);
      windows(words, word, one);
    }
  }

  /**
   * Looks a word of the list up.
   *
   * @param one the low lane of the sequence of this word
   */
  void single(WordList words, int word, long one) {
    if (words.length(word) >= least) {
      looked++;
      if (values.has(one)) {
        candidates.add(one, hi(words, word, word + 1), strict);
      }
    }
  }

  /**
   * Looks up the windows that begin with a word, and those whose last words precede it, as in
   * {@code Muster, Max}.
   */
  void windows(WordList words, int first, long one) {
    long window = one;
    for (int next = first + 1; ; next++) {
      swapped(words, first, next, window);
      if (next == words.count() || next == first + Fingerprint.WINDOW) {
        return;
      }
      window = WordKey.thenLo(window, words.low(next));
      looked++;
      if (values.has(window)) {
        candidates.add(window, hi(words, first, next + 1), strict);
      }
    }
  }

  /** Looks up a window and the words that precede it. */
  private void swapped(WordList words, int first, int next, long window) {
    for (int from = first - 1; from >= Math.max(0, next - Fingerprint.WINDOW); from--) {
      long swapped = window;
      for (int i = from; i < first; i++) {
        swapped = WordKey.thenLo(swapped, words.low(i));
      }
      looked++;
      if (values.has(swapped)) {
        candidates.add(swapped, thenHi(hi(words, first, next), words, from, first), strict);
      }
    }
  }

  private long hi(WordList words, int from, int to) {
    return thenHi(key.oneHi(hi(words, from)), words, from + 1, to);
  }

  private long thenHi(long window, WordList words, int from, int to) {
    long hi = window;
    for (int i = from; i < to; i++) {
      hi = WordKey.thenHi(hi, hi(words, i));
    }
    return hi;
  }

  private long hi(WordList words, int word) {
    return key.hi(words.bytes(), words.start(word), words.length(word));
  }
}
