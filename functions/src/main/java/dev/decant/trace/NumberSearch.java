package dev.decant.trace;

/**
 * Looks for numbers that punctuation and blanks divide into groups, such as those of phones and
 * bank accounts, by their letters and digits alone. One thread uses an instance.
 */
final class NumberSearch {
  /** The letters and digits of a group of a number of a bank account. */
  private static final int IBAN_GROUP = 4;

  private static final int IBAN_GROUPS = 9;

  private final FilterSearch filter;
  private final Letters letters = new Letters(ValueParts.COMPACT);
  private boolean account;

  NumberSearch(FilterSearch filter) {
    this.filter = filter;
  }

  /** Begins a value. */
  void begin() {
    account = false;
  }

  /** Whether the value may have the beginning of an IBAN. */
  boolean hasAccount() {
    return account;
  }

  /** Looks for numbers in a list of words. */
  void look(WordList words) {
    for (int i = 0; i < words.count(); ) {
      int next = i + 1;
      if (words.isNumber(i)) {
        while (next < words.count() && words.isNumber(next)) {
          next++;
        }
        if (next > i + 1 || words.bytes()[words.start(i)] == '0') {
          letters(words, i, next);
        }
      } else if (isCountry(words, i)) {
        account = true;
        next = account(words, i);
      }
      i = next;
    }
  }

  /** Looks up the letters and digits of a whole value. */
  void whole(WordList words) {
    letters(words, 0, words.count());
  }

  /** Looks up the letters and digits of a word. */
  void word(WordList words, int word) {
    letters(words, word, word + 1);
  }

  /**
   * Looks up an IBAN, whose groups may have letters. It may end with any group, because other words
   * may follow. Returns the position after its first group.
   */
  private int account(WordList words, int first) {
    int last = Math.min(words.count(), first + IBAN_GROUPS);
    for (int next = first + 1; next < last; next++) {
      if (!words.has(next, WordList.DIGITS) && words.length(next) != IBAN_GROUP) {
        break;
      }
      letters(words, first, next + 1);
    }
    return first + 1;
  }

  /** Whether a word may be the first four characters of an IBAN. */
  private static boolean isCountry(WordList words, int word) {
    byte[] bytes = words.bytes();
    int start = words.start(word);
    return words.length(word) == IBAN_GROUP
        && (words.contents(word) & WordList.CONTENT) == (WordList.LETTERS | WordList.DIGITS)
        && bytes[start] > '9'
        && bytes[start + 1] > '9';
  }

  /** Looks for letters and digits without what is between them. */
  private void letters(WordList words, int from, int to) {
    int begin = words.start(from);
    int end = words.end(to - 1);
    if (end - begin >= Letters.NUMBER
        && letters.read(words.bytes(), begin, end)
        && letters.length() >= Letters.NUMBER) {
      filter.word(letters.bytes(), letters.from(), letters.length());
    }
  }
}
