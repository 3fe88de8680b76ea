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
  static final int SHORT = 2 * ValueParts.COMPACT;

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
  private boolean beginsText;

  /** What the first and the last word of the value contain, or 0 if it has no words. */
  private int first;

  private int last;

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
    look(value, from, to, onlyStrong, false);
  }

  /**
   * @param binary whether the value is no text
   */
  private void look(byte[] value, int from, int to, boolean onlyStrong, boolean binary) {
    filter.begin(onlyStrong);
    numbers.begin();
    first = 0;
    last = 0;
    isShort = to - from <= SHORT;
    whole.begin();
    reader.begin(value, from, to, binary);
    do {
      reader.next();
      if (words.count() > 0) {
        batch(reader.isLast());
      }
      if (decodes) {
        decode(value);
      }
    } while (!reader.isLast());
  }

  /**
   * What the value that was looked at last means for its neighbours in a document, as bits of
   * {@link DocumentSearch}.
   */
  int facts() {
    return (filter.began() || numbers.hasAccount() ? DocumentSearch.OPEN : 0)
        | (first != 0 ? DocumentSearch.WORDS : 0)
        | ((first & WordList.DIGITS) != 0 ? DocumentSearch.FROM_DIGITS : 0)
        | ((last & WordList.DIGITS) != 0 ? DocumentSearch.TO_DIGITS : 0)
        | (beginsText ? DocumentSearch.TEXT : 0);
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

  private void batch(boolean isLast) {
    int contents = hash();
    if (reader.again() == 0) {
      first = words.contents(0) & WordList.CONTENT;
      beginsText = filter.beginsText(words);
    }
    last = words.contents(words.count() - 1) & WordList.CONTENT;
    // In other batches than the last one, windows that begin with the last words are not complete.
    int starts = isLast ? words.count() : words.count() - WordReader.OVERLAP;
    for (int i = 0; i < starts; i++) {
      filter.word(words, i);
    }
    if ((contents & (WordList.INNER_MARKS | WordList.DIGITS | WordList.TAG)) != 0) {
      special(contents, starts, isLast);
    }
    whole(isLast);
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

  private void special(int contents, int starts, boolean isLast) {
    WordList parts = words;
    if ((contents & WordList.INNER_MARKS) != 0 && marked()) {
      parts = segments.look(words, starts, false);
    }
    if ((contents & WordList.DIGITS) != 0) {
      numbers.look(parts);
      if (isLast && isShort && words.count() > 1) {
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
  private void whole(boolean isLast) {
    if (beginsText && (!isLast || reader.again() > 0 || words.count() > Fingerprint.WINDOW)) {
      whole.add(reader);
      if (isLast) {
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
      nested.look(plain, 0, length, filter.isStrict() || !isText, !isText);
    }
  }
}
