package dev.decant.trace;

import java.util.function.LongSupplier;

/**
 * Looks for traced values in documents such as JSON, from one double quote to the next. The names
 * of members and many strings are the same in most rows of a column, so they are looked at once and
 * then remembered. One thread uses an instance.
 *
 * <p>A value that stands in several of these parts is not found in one of them. So the whole
 * document has to be searched if a part has a word that begins a traced value of several words or
 * an IBAN, if numbers follow each other in two parts, or if a traced text begins like the document.
 */
final class DocumentSearch {
  /** A traced value may begin in the part and end in another one. */
  static final int OPEN = 1;

  /** The part has words. */
  static final int WORDS = 2;

  /** The first word has digits. */
  static final int FROM_DIGITS = 4;

  /** The last word has digits. */
  static final int TO_DIGITS = 8;

  /** A traced text may begin like the part. */
  static final int TEXT = 16;

  private static final int KNOWN = 32;

  /** Different from the numbers that {@link TextFinder} uses for whole values. */
  private static final int SALT = 2;

  private static final int STRONG_SALT = 3;

  private final WordSearch words;
  private final RecentValues recent;
  private final LongSupplier found;

  /**
   * @param found the number of candidates up to now
   */
  DocumentSearch(WordSearch words, RecentValues recent, LongSupplier found) {
    this.words = words;
    this.recent = recent;
    this.found = found;
  }

  /** Whether a value is a document that is worth to be divided. */
  static boolean isDocument(byte[] value, int from, int to) {
    return to - from > WordSearch.SHORT && (value[from] == '{' || value[from] == '[');
  }

  /**
   * Looks at a document.
   *
   * @return whether it need not be searched as a whole
   */
  boolean look(byte[] value, int from, int to, boolean onlyStrong) {
    // A text begins like the document if it begins like the first part that has words.
    int open = OPEN | TEXT;
    for (int at = from, end; at < to; at = end + 1) {
      end = quote(value, at, to);
      int facts = isSyntax(value, at, end) ? 0 : part(value, at, end, onlyStrong);
      if ((facts & open) != 0) {
        return false;
      }
      if ((facts & WORDS) != 0) {
        open = OPEN | ((facts & TO_DIGITS) != 0 ? FROM_DIGITS : 0);
      }
    }
    return true;
  }

  /** Whether a part has only what stands between the strings of JSON. */
  private static boolean isSyntax(byte[] value, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (value[i]) {
        case ' ', ':', ',', '[', ']', '{', '}' -> {}
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static int quote(byte[] value, int from, int to) {
    int at = from;
    while (at < to && value[at] != '"') {
      at++;
    }
    return at;
  }

  /** Looks at a part of a document, and returns what it means for the other parts. */
  private int part(byte[] value, int from, int to, boolean onlyStrong) {
    byte known = recent.find(value, from, to, onlyStrong ? STRONG_SALT : SALT);
    if (known != 0) {
      return known;
    }
    long before = found.getAsLong();
    words.look(value, from, to, onlyStrong);
    byte facts = (byte) (KNOWN | words.facts());
    if (found.getAsLong() == before) {
      recent.remember(facts);
    }
    return facts;
  }
}
