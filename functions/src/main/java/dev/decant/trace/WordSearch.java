package dev.decant.trace;

import org.jspecify.annotations.Nullable;

/**
 * Asks the filter for the words of a value: each word, windows of up to five words, the value as a
 * whole, the part of each e-mail address before the @, groups of digits without what separates
 * them, and words that are base64 or hex of something. One thread uses an instance.
 */
final class WordSearch {
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

  /** The longest value whose letters and digits are looked up without anything between them. */
  private static final int SHORT = 2 * ValueTracer.COMPACT;

  /** Shorter words are not looked at as base64 or hex. */
  private static final int ENCODED = 12;

  private static final int OVERLAP = WordReader.OVERLAP;

  private final WordReader words = new WordReader();
  private final WordKey key;
  private final TraceFilters filters;
  private final TraceFilter filter;
  private final TraceFilter beginnings;
  private final Candidates candidates;
  private final EncodedWords encodedWords = new EncodedWords();
  private final Sequence whole;
  private final Letters letters = new Letters(ValueTracer.COMPACT);

  /** The low lanes of the words of the batch. */
  private final long[] lows = new long[WordReader.BATCH];

  /** Looks at what words encode. */
  private @Nullable WordSearch inner;

  private final boolean decodes;
  private boolean strict;
  private boolean isShort;

  /** Whether a traced text begins like the value. */
  private boolean isWorthWhile;

  private long looked;

  /**
   * @param decodes whether words are decoded
   */
  WordSearch(WordKey key, TraceFilters filters, Candidates candidates, boolean decodes) {
    this.decodes = decodes;
    this.key = key;
    this.filters = filters;
    this.filter = filters.values();
    this.beginnings = filters.beginnings();
    this.candidates = candidates;
    this.whole = new Sequence(key);
  }

  /** Looks at a value. */
  void look(byte[] value, int from, int to, boolean onlyStrong) {
    strict = onlyStrong;
    isShort = to - from <= SHORT;
    whole.begin();
    words.begin(value, from, to);
    do {
      words.next();
      batch(words.isLast());
      if (decodes) {
        decode(value);
      }
    } while (!words.isLast());
  }

  long looked() {
    WordSearch nested = inner;
    return looked + (nested == null ? 0 : nested.looked);
  }

  private void batch(boolean last) {
    hash();
    // In other batches than the last one, windows that begin with the last words are not complete.
    probe(last ? words.count() : words.count() - OVERLAP);
    if (marks() && last && isShort && words.count() > 1) {
      letters(0, words.end());
    }
    whole(last);
    if (!last) {
      System.arraycopy(lows, words.count() - OVERLAP, lows, 0, OVERLAP);
    }
  }

  private void hash() {
    for (int i = words.again(); i < words.count(); i++) {
      lows[i] = key.lo(words.bytes(), words.start(i), words.length(i));
    }
  }

  /** Asks for the words and the windows that begin with the first words of the batch. */
  private void probe(int starts) {
    int least = strict ? Letters.STRONG_LENGTH : filters.minLength();
    looked += starts;
    for (int i = 0; i < starts; i++) {
      long one = key.oneLo(lows[i]);
      if (words.length(i) >= least && filter.has(one)) {
        candidates.add(one, hi(i, i + 1), strict);
      }
      if (beginnings.has(one)) {
        windows(i, one);
      }
    }
  }

  /**
   * Asks for the windows that begin with a word, and for those whose last words precede it, as in
   * {@code Muster, Max}.
   */
  private void windows(int first, long one) {
    long window = one;
    for (int next = first + 1; ; next++) {
      swapped(first, next, window);
      if (next == words.count() || next == first + Fingerprint.WINDOW) {
        return;
      }
      window = WordKey.thenLo(window, lows[next]);
      looked++;
      if (filter.has(window)) {
        candidates.add(window, hi(first, next + 1), strict);
      }
    }
  }

  /** Asks for a window and the words that precede it. */
  private void swapped(int first, int next, long window) {
    for (int from = first - 1; from >= Math.max(0, next - Fingerprint.WINDOW); from--) {
      long swapped = window;
      for (int i = from; i < first; i++) {
        swapped = WordKey.thenLo(swapped, lows[i]);
      }
      looked++;
      if (filter.has(swapped)) {
        candidates.add(swapped, thenHi(hi(first, next), from, first), strict);
      }
    }
  }

  private long hi(int from, int to) {
    return thenHi(key.oneHi(hi(from)), from + 1, to);
  }

  private long thenHi(long window, int from, int to) {
    long hi = window;
    for (int i = from; i < to; i++) {
      hi = WordKey.thenHi(hi, hi(i));
    }
    return hi;
  }

  private long hi(int word) {
    return key.hi(words.bytes(), words.start(word), words.length(word));
  }

  /** Looks the value up as a whole. */
  private void whole(boolean last) {
    if (words.again() == 0) {
      isWorthWhile =
          !last
              || (words.count() > Fingerprint.WINDOW
                  && beginnings.has(key.beginning(words.bytes(), 0)));
    }
    if (isWorthWhile) {
      whole.add(words);
      if (last) {
        looked++;
        if (filter.has(whole.lo())) {
          candidates.add(whole.lo(), whole.hi(), strict);
        }
      }
    }
  }

  /**
   * Looks at the words that have digits or punctuation.
   *
   * @return whether there are digits
   */
  private boolean marks() {
    boolean digits = false;
    for (int i = words.again(); i < words.count(); i++) {
      int has = words.contents(i);
      if ((has & (WordReader.AT_SIGN | WordReader.DIGITS)) == 0) {
        continue;
      }
      digits |= (has & WordReader.DIGITS) != 0;
      if ((has & WordReader.AT_SIGN) != 0) {
        address(words.start(i), words.length(i));
      } else if ((has & WordReader.INNER_MARKS) != 0 || words.bytes()[words.start(i)] == '0') {
        letters(words.start(i), words.start(i) + words.length(i));
      }
    }
    if (digits) {
      groups();
    }
    return digits;
  }

  /** Looks for numbers that blanks divide into groups, such as phone numbers and IBANs. */
  private void groups() {
    for (int i = 0; i < words.count(); ) {
      int next = i + 1;
      if (isGroup(i) || isCountry(i)) {
        while (next < words.count() && isGroup(next)) {
          next++;
        }
        if (next > i + 1) {
          letters(words.start(i), words.start(next - 1) + words.length(next - 1));
        }
      }
      i = next;
    }
  }

  private boolean isGroup(int word) {
    return (words.contents(word) & (WordReader.LETTERS | WordReader.DIGITS)) == WordReader.DIGITS;
  }

  /** Whether a word may be the first four characters of an IBAN. */
  private boolean isCountry(int word) {
    return words.length(word) == 4
        && words.contents(word) == (WordReader.LETTERS | WordReader.DIGITS)
        && words.bytes()[words.start(word)] > '9'
        && words.bytes()[words.start(word) + 1] > '9';
  }

  /** Looks for letters and digits without what is between them. */
  private void letters(int from, int to) {
    if (letters.read(words.bytes(), from, to) && letters.length() >= Letters.NUMBER) {
      one(letters.bytes(), 0, letters.length());
    }
  }

  /** Looks for the part before the @, and for the address in {@code mailto:max@example.com}. */
  private void address(int from, int length) {
    int local = Letters.localPart(words.bytes(), from, length);
    if (local == 0) {
      return;
    }
    one(words.bytes(), from, local);
    int at = from + local;
    int begin = at;
    while (begin > from && words.bytes()[begin - 1] != ':' && words.bytes()[begin - 1] != '/') {
      begin--;
    }
    if (begin > from) {
      one(words.bytes(), begin, from + length - begin);
      one(words.bytes(), begin, at - begin);
    }
  }

  private void one(byte[] word, int from, int length) {
    if (length < (strict ? Letters.STRONG_LENGTH : 1)) {
      return;
    }
    looked++;
    long lo = key.oneLo(key.lo(word, from, length));
    if (filter.has(lo)) {
      candidates.add(lo, key.oneHi(key.hi(word, from, length)), strict);
    }
  }

  private void decode(byte[] text) {
    for (int i = words.again(); i < words.count(); i++) {
      if (words.textEnd(i) - words.textStart(i) >= ENCODED) {
        encodedWords.decode(text, words.textStart(i), words.textEnd(i), this::decoded);
      }
    }
  }

  private void decoded(byte[] plain, int length, boolean isText) {
    if (isText || length >= Letters.STRONG_LENGTH) {
      WordSearch nested = inner == null ? new WordSearch(key, filters, candidates, false) : inner;
      inner = nested;
      nested.look(plain, 0, length, strict || !isText);
    }
  }
}
