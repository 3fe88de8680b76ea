package dev.decant.trace;

import dev.decant.mask.value.Utf8;

/**
 * Divides a value into words, in the one form in which values are compared: characters are folded
 * as {@link Characters} describes, the characters between words do not count, and escapes are
 * decoded. So a value is found again in a text that wraps its lines, inside JSON, hstore, an array,
 * XML or HTML, and in a URL.
 *
 * <p>Blanks, quotes, brackets and {@code , ; | = ? \} separate words. Other punctuation is part of
 * a word between letters or digits, as in {@code max.muster@example.com}, and is left out at the
 * ends of a word.
 *
 * <p>The words are passed on in batches, so that the memory does not depend on the length of a
 * value. The division into batches depends only on the words. One thread uses an instance.
 */
abstract class WordReader {
  /** The most words of a batch. */
  static final int BATCH = 256;

  /** So many words of a batch are in the next batch again, so that windows of words are whole. */
  static final int OVERLAP = Fingerprint.WINDOW - 1;

  /** What a word contains, as bits. */
  static final int DIGITS = 1;

  static final int LETTERS = 2;

  /** Punctuation between letters or digits. */
  static final int INNER_MARKS = 4;

  static final int AT_SIGN = 8;

  /** Longer words are cut. */
  private static final int LONGEST = 1 << 14;

  /** The bytes of the words of a batch, unless the words of the overlap are long. */
  private static final int FULL = 1 << 14;

  /** Shorter words are not looked at as base64 or hex. */
  private static final int ENCODED = 12;

  /** The characters of a cut word that are decoded again with the next part; a multiple of 4. */
  private static final int DECODED_AGAIN = 256;

  /** The words of the batch, with a blank between two words. */
  private final byte[] words = new byte[(OVERLAP + 2) * LONGEST + FULL];

  private final int[] starts = new int[BATCH];
  private final int[] lengths = new int[BATCH];
  private final byte[] contents = new byte[BATCH];
  private int count;
  private int again;
  private final boolean decodes;

  /** The position in the words where the current word begins. */
  private int start;

  /** The position in the words after the last byte of the current word. */
  private int length;

  /** The position after the last letter or digit of the word; not above {@link #start} if none. */
  private int end;

  /** What the word contains. */
  private int has;

  /** Where the word begins in the text. */
  private int begin;

  private byte[] text = {};
  private int to;

  /**
   * @param decodes whether {@link #encoded} gets long words
   */
  WordReader(boolean decodes) {
    this.decodes = decodes;
  }

  /** Reads a value in {@code [from, to)}, which is UTF-8. */
  final void read(byte[] bytes, int from, int limit) {
    text = bytes;
    to = limit;
    start = 0;
    length = 0;
    end = 0;
    has = 0;
    count = 0;
    again = 0;
    begin = from;
    for (int at = from; at < limit; ) {
      at = plain(bytes, at, limit);
      if (at == limit) {
        break;
      }
      byte c = bytes[at];
      if (length - start >= LONGEST) {
        cut(at);
        continue;
      }
      switch (Characters.kind(c)) {
        case Characters.INNER -> {
          inner(c);
          at++;
          if (length == start && c != '+' && c != '/') {
            begin = at;
          }
        }
        case Characters.SEPARATOR -> {
          finish(at);
          at++;
          begin = at;
        }
        default -> {
          at = other(c, at);
          if (length == start) {
            begin = at;
          }
        }
      }
    }
    finish(limit);
    words(true);
  }

  /** Adds letters and digits of ASCII as long as there are some, and returns where they end. */
  private int plain(byte[] bytes, int from, int limit) {
    byte[] folds = words;
    int n = length;
    int at = from;
    int last = Math.min(limit, from + LONGEST - (n - start));
    int letters = 0;
    int digits = 0;
    for (; at < last; at++) {
      byte folded = Characters.folded(bytes[at]);
      if (folded == 0) {
        break;
      }
      folds[n++] = folded;
      letters |= folded & 0x40;
      digits |= ~folded & 0x40;
    }
    if (at > from) {
      length = n;
      end = n;
      has |= (letters != 0 ? LETTERS : 0) | (digits != 0 ? DIGITS : 0);
    }
    return at;
  }

  /**
   * Gets a batch of words. The first {@link #again} of them were the last of the batch before.
   *
   * @param last whether this is the last batch of the value; it may be empty
   */
  abstract void words(boolean last);

  /**
   * Gets the text of a word of at least 12 characters, which may be an encoded one.
   *
   * @param bytes the text of the value
   */
  void encoded(byte[] bytes, int from, int limit) {}

  final int count() {
    return count;
  }

  /** The number of words that were in the batch before. */
  final int again() {
    return again;
  }

  final byte[] bytes() {
    return words;
  }

  final int start(int word) {
    return starts[word];
  }

  final int length(int word) {
    return lengths[word];
  }

  /** What a word contains, as bits. */
  final int contents(int word) {
    return contents[word];
  }

  /** The position after the last word. */
  final int wordsEnd() {
    return count == 0 ? 0 : starts[count - 1] + lengths[count - 1];
  }

  private void inner(byte c) {
    if (length > start) {
      words[length++] = c;
      has |= c == '@' ? AT_SIGN | INNER_MARKS : INNER_MARKS;
    }
  }

  private void finish(int at) {
    if (end > start) {
      add();
      if (decodes && at - begin >= ENCODED) {
        encoded(text, begin, at);
      }
    }
    length = start;
    begin = at;
  }

  /** Ends a part of a word that is too long. */
  private void cut(int at) {
    finish(at);
    begin = Math.max(0, at - DECODED_AGAIN);
  }

  private void add() {
    starts[count] = start;
    lengths[count] = end - start;
    contents[count] = (byte) has;
    count++;
    words[end] = ' ';
    start = end + 1;
    has = 0;
    if (count == BATCH || (start >= FULL && count > OVERLAP)) {
      words(false);
      keepLast();
    }
  }

  /** Keeps the last words of a batch for the next one. */
  private void keepLast() {
    int first = count - OVERLAP;
    int from = starts[first];
    System.arraycopy(words, from, words, 0, start - from);
    for (int i = 0; i < OVERLAP; i++) {
      starts[i] = starts[first + i] - from;
      lengths[i] = lengths[first + i];
      contents[i] = contents[first + i];
    }
    start -= from;
    end = start;
    count = OVERLAP;
    again = OVERLAP;
  }

  /** A character that is not ASCII, or an escape. Returns the position after it. */
  private int other(byte c, int at) {
    return switch (c) {
      case '\\' -> backslashes(at);
      case '%' -> {
        long escape = Escapes.percent(text, at, to);
        if (escape == Escapes.NONE) {
          inner((byte) '%');
          yield at + 1;
        }
        yield character(escape, at, at);
      }
      case '&' -> {
        long escape = Escapes.reference(text, at, to);
        if (escape == Escapes.NONE) {
          finish(at);
          yield at + 1;
        }
        yield character(escape, at, at);
      }
      default -> {
        int decoded = Utf8.decode(text, at, to);
        if (Utf8.codePoint(decoded) == 0) {
          letter(c);
          has |= LETTERS;
          yield at + 1;
        }
        character(Utf8.codePoint(decoded), at);
        yield at + Utf8.length(decoded);
      }
    };
  }

  /** Several backslashes count as one, because JSON in JSON escapes them again. */
  private int backslashes(int at) {
    int next = at + 1;
    while (next < to && text[next] == '\\') {
      next++;
    }
    byte c = next < to ? text[next] : 0;
    if (c == 'u') {
      long escape = Escapes.unicode(text, next, to);
      if (escape != Escapes.NONE) {
        return character(escape, next, at);
      }
    }
    if (c == '/') {
      character(c, at);
      return next + 1;
    }
    finish(at);
    return "nrtbf".indexOf(c) >= 0 ? next + 1 : next;
  }

  private int character(long escape, int at, int wordEnd) {
    character(Escapes.codePoint(escape), wordEnd);
    return at + Escapes.length(escape);
  }

  private void character(int codePoint, int at) {
    int folded = codePoint < 0x80 ? codePoint : Characters.fold(codePoint);
    if (folded == Characters.NOTHING) {
      return;
    }
    if (folded >= 0x80) {
      if (folded == 'ß') {
        letter((byte) 's');
        letter((byte) 's');
      } else {
        length = Utf8.encode(folded, words, length);
        end = length;
      }
      has |= LETTERS;
      return;
    }
    switch (Characters.kind((byte) folded)) {
      case Characters.PLAIN -> {
        letter(Characters.folded((byte) folded));
        has |= Character.isDigit(folded) ? DIGITS : LETTERS;
      }
      case Characters.INNER -> inner((byte) folded);
      default -> finish(at);
    }
  }

  private void letter(byte c) {
    words[length++] = c;
    end = length;
  }
}
