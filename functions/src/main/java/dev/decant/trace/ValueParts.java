package dev.decant.trace;

/**
 * Traces the parts of a value that are also found alone, for one thread: of an e-mail address the
 * part before the @ and the address without its sub-address, of a value with digits, such as a
 * phone number, its letters and digits without what separates them, and the segments of a value of
 * several words.
 */
final class ValueParts {
  /** The longest value whose letters and digits are also traced without what separates them. */
  static final int COMPACT = 48;

  private final WordKey key;
  private final FingerprintWriter prints;
  private final WordReader reader;
  private final WordList words;
  private final int minLength;
  private final Segments segments;
  private final SubAddress plain = new SubAddress();
  private final Letters compact = new Letters(COMPACT);

  ValueParts(WordKey key, FingerprintWriter prints, WordReader reader, int minLength) {
    this.key = key;
    this.prints = prints;
    this.reader = reader;
    this.words = reader.words();
    this.minLength = minLength;
    this.segments = new Segments(key, reader);
  }

  /**
   * Traces the parts of the value that the reader has read. The words of a short value are in one
   * batch.
   *
   * @param length the number of bytes of the value
   * @param has what any of its words contains
   * @param count the number of its words
   * @param strong whether the value does not come about by chance
   */
  void trace(int length, int has, int count, boolean strong) {
    if ((has & WordList.AT_SIGN) != 0) {
      for (int i = reader.again(); i < words.count(); i++) {
        if (words.has(i, WordList.AT_SIGN)) {
          address(words.start(i), words.length(i));
        }
      }
    } else if (length <= COMPACT
        && (has & WordList.DIGITS) != 0
        && (count > 1 || (has & WordList.INNER_MARKS) != 0 || words.bytes()[0] == '0')
        && compact.read(words.bytes(), 0, words.end())
        && compact.length() >= Letters.NUMBER) {
      single(compact.bytes(), compact.from(), compact.length());
    }
    if (count > 1 && count <= Fingerprint.WINDOW && (has & WordList.INNER_MARKS) != 0) {
      segments(strong);
    }
  }

  /** Traces a value of several words by its segments, which may be joined in another way. */
  private void segments(boolean strong) {
    segments.read(words, words.count(), 0, false);
    WordList list = segments.list();
    if (list.count() > Fingerprint.WINDOW) {
      return;
    }
    long first = key.oneLo(key.lo(list.bytes(), list.start(0), list.length(0)));
    long lo = first;
    long hi = key.oneHi(key.hi(list.bytes(), list.start(0), list.length(0)));
    for (int i = 1; i < list.count(); i++) {
      lo = WordKey.thenLo(lo, key.lo(list.bytes(), list.start(i), list.length(i)));
      hi = WordKey.thenHi(hi, key.hi(list.bytes(), list.start(i), list.length(i)));
    }
    prints.emit(lo, hi, first, list.count(), strong);
  }

  private void address(int from, int wordLength) {
    byte[] bytes = words.bytes();
    int local = Letters.localPart(bytes, from, wordLength);
    localPart(bytes, from, local);
    if (plain.read(bytes, from, wordLength, local)) {
      single(plain.bytes(), 0, plain.length());
      localPart(plain.bytes(), 0, plain.localPart());
    }
  }

  private void localPart(byte[] bytes, int from, int local) {
    if (local >= minLength
        && !Letters.isSmallNumber(bytes, from, local)
        && !RoleNames.has(bytes, from, local)) {
      single(bytes, from, local);
    }
  }

  /** Traces a word as a value of its own. */
  private void single(byte[] word, int from, int wordLength) {
    long lo = key.oneLo(key.lo(word, from, wordLength));
    long hi = key.oneHi(key.hi(word, from, wordLength));
    boolean strong = Letters.isStrong(word, from, wordLength);
    prints.emit(lo, hi, firstSegment(word, from, from + wordLength), 1, strong);
  }

  /** The low lane of the first segment of a word; 0 if the word has one segment. */
  long firstSegment(byte[] word, int from, int to) {
    int end = from;
    while (end < to && Letters.isLetterOrDigit(word[end])) {
      end++;
    }
    return end == to ? 0 : WordKey.firstSegment(key.oneLo(key.lo(word, from, end - from)));
  }
}
