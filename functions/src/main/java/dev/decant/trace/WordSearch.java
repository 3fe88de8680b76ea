package dev.decant.trace;

import org.jspecify.annotations.Nullable;

/**
 * Looks for traced values in a value: each word, windows of up to five words, the value as a whole,
 * the same of the segments between punctuation and of the text without tags, the part of each
 * e-mail address before the @, numbers without what separates their groups, and words that are
 * base64 or hex of something. One thread uses an instance.
 */
final class WordSearch {
  /** The longest value whose letters and digits are looked up without anything between them. */
  private static final int SHORT = 2 * ValueParts.COMPACT;

  /** Shorter words are not looked at as base64 or hex. */
  private static final int ENCODED = 12;

  private final WordReader reader = new WordReader();
  private final WordList words = reader.words();
  private final WordKey key;
  private final TraceFilters filters;
  private final FilterSearch.Candidates candidates;
  private final FilterSearch filter;
  private final SegmentSearch segments;
  private final NumberSearch numbers;
  private final AddressSearch addresses;
  private final EncodedWords encodedWords = new EncodedWords();
  private final Sequence whole;

  /** Looks at what words encode. */
  private @Nullable WordSearch inner;

  private final boolean decodes;
  private boolean isShort;

  /** Whether a traced text begins like the value. */
  private boolean isWorthWhile;

  /**
   * @param decodes whether words are decoded
   */
  WordSearch(
      WordKey key, TraceFilters filters, FilterSearch.Candidates candidates, boolean decodes) {
    this.decodes = decodes;
    this.key = key;
    this.filters = filters;
    this.candidates = candidates;
    this.filter = new FilterSearch(key, filters, candidates);
    this.segments = new SegmentSearch(key, filter, reader);
    this.numbers = new NumberSearch(filter);
    this.addresses = new AddressSearch(filter);
    this.whole = new Sequence(key);
  }

  /** Looks at a value. */
  void look(byte[] value, int from, int to, boolean onlyStrong) {
    filter.begin(onlyStrong);
    isShort = to - from <= SHORT;
    whole.begin();
    reader.begin(value, from, to);
    do {
      reader.next();
      batch(reader.isLast());
      if (decodes) {
        decode(value);
      }
    } while (!reader.isLast());
  }

  /** Looks a value up among those that count only as a whole, however short they are. */
  void lookAlone(byte[] value, int from, int to) {
    filter.begin(false);
    whole.begin();
    reader.begin(value, from, to);
    do {
      reader.next();
      whole.add(reader);
    } while (!reader.isLast());
    if (whole.count() > 0) {
      filter.value(WordKey.alone(whole.lo()), whole.hi());
    }
  }

  /** The number of words and windows that were looked up. */
  long looked() {
    WordSearch nested = inner;
    return filter.looked() + (nested == null ? 0 : nested.looked());
  }

  private void batch(boolean last) {
    int contents = hash();
    // In other batches than the last one, windows that begin with the last words are not complete.
    int starts = last ? words.count() : words.count() - WordReader.OVERLAP;
    for (int i = 0; i < starts; i++) {
      filter.word(words, i);
    }
    if ((contents & (WordList.INNER_MARKS | WordList.DIGITS | WordList.TAG)) != 0) {
      special(contents, starts, last);
    }
    whole(last);
  }

  /** Makes the low lanes of the new words, and returns what the words contain together. */
  private int hash() {
    int contents = 0;
    for (int i = 0; i < words.count(); i++) {
      contents |= words.contents(i);
    }
    for (int i = reader.again(); i < words.count(); i++) {
      words.low(i, key.lo(words.bytes(), words.start(i), words.length(i)));
    }
    return contents;
  }

  private void special(int contents, int starts, boolean last) {
    WordList parts = words;
    if ((contents & WordList.INNER_MARKS) != 0 && marked()) {
      parts = segments.look(words, starts, false);
    }
    if ((contents & WordList.DIGITS) != 0) {
      numbers.look(parts);
      if (last && isShort && words.count() > 1) {
        numbers.whole(words);
      }
    }
    if ((contents & WordList.TAG) != 0) {
      segments.look(words, starts, true);
    }
  }

  /** Looks at words with punctuation. Returns whether any is long enough to be divided. */
  private boolean marked() {
    boolean divided = false;
    int least = filter.isStrict() ? filter.least() : 0;
    for (int i = 0; i < words.count(); i++) {
      if (words.length(i) < least || !words.has(i, WordList.INNER_MARKS)) {
        continue;
      }
      divided = true;
      if (i < reader.again()) {
        continue;
      }
      if (words.has(i, WordList.AT_SIGN)) {
        addresses.look(words, i);
      } else if (words.has(i, WordList.DIGITS | WordList.LETTERS)) {
        numbers.word(words, i);
      }
    }
    return divided;
  }

  /** Looks the value up as a whole. */
  private void whole(boolean last) {
    if (reader.again() == 0) {
      isWorthWhile =
          !last
              || (words.count() > Fingerprint.WINDOW
                  && filter.begins(key.beginning(words.bytes(), 0)));
    }
    if (isWorthWhile) {
      whole.add(reader);
      if (last) {
        filter.value(whole.lo(), whole.hi());
      }
    }
  }

  private void decode(byte[] text) {
    for (int i = reader.again(); i < words.count(); i++) {
      if (reader.textEnd(i) - reader.textStart(i) >= ENCODED) {
        encodedWords.decode(text, reader.textStart(i), reader.textEnd(i), this::decoded);
      }
    }
  }

  private void decoded(byte[] plain, int length, boolean isText) {
    if (isText || length >= Letters.STRONG_LENGTH) {
      WordSearch nested = inner == null ? new WordSearch(key, filters, candidates, false) : inner;
      inner = nested;
      nested.look(plain, 0, length, filter.isStrict() || !isText);
    }
  }
}
