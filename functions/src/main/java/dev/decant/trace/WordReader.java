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
final class WordReader {
  private static final byte[] NO_TEXT = {};

  /** The most words of a batch. */
  static final int BATCH = 256;

  /** So many words of a batch are in the next batch again, so that windows of words are whole. */
  static final int OVERLAP = Fingerprint.WINDOW - 1;

  /** Longer words are cut. */
  private static final int LONGEST = 1 << 14;

  /** The bytes of the words of a batch, unless the words of the overlap are long. */
  private static final int FULL = 1 << 14;

  /** The characters of a cut word that are decoded again with the next part; a multiple of 4. */
  private static final int DECODED_AGAIN = 256;

  /** The bytes of the words of the batch, with a blank between two words. */
  private final byte[] bytes = new byte[(OVERLAP + 2) * LONGEST + FULL];

  private final WordList words = new WordList(bytes, BATCH);
  private final int[] textStarts = new int[BATCH];
  private final int[] textEnds = new int[BATCH];
  private int again;
  private boolean full;

  /** The position in the bytes where the current word begins. */
  private int start;

  /** The position in the bytes after the last byte of the current word. */
  private int length;

  /** The position after the last letter or digit of the word; not above {@link #start} if none. */
  private int end;

  /** What the word contains. */
  private int has;

  /** {@link WordList#TAG} in a tag of HTML or XML, and 0 otherwise. */
  private int tag;

  /** Where the word begins in the text. */
  private int begin;

  private byte[] text = NO_TEXT;
  private boolean binary;
  private int at;
  private int to;

  /** Begins a value in {@code [from, to)}, which is UTF-8. */
  void begin(byte[] value, int from, int limit) {
    begin(value, from, limit, false);
  }

  /**
   * Begins a value in {@code [from, to)}.
   *
   * @param binary whether bytes that are no UTF-8 separate words, such as the lengths and marks
   *     before the texts in MessagePack or a pickle of Python. In a text they are letters of
   *     another encoding
   */
  void begin(byte[] value, int from, int limit, boolean binary) {
    text = value;
    this.binary = binary;
    at = from;
    to = limit;
    start = 0;
    length = 0;
    end = 0;
    has = 0;
    tag = 0;
    words.clear();
    again = 0;
    full = false;
    begin = from;
  }

  /** Whether the batch is the last one of the value. */
  boolean isLast() {
    return at >= to;
  }

  /** Reads the next batch, which may be empty if it is the last one. */
  void next() {
    if (full) {
      keepLast();
      full = false;
    }
    while (at < to && !full) {
      plain();
      if (at < to) {
        step(text[at]);
      }
    }
    if (at >= to) {
      finish(to);
    }
  }

  private void step(byte c) {
    if (length - start >= LONGEST) {
      cut();
      return;
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
        tag(c == '<' && at < to && text[at] == ' ' ? ' ' : c);
      }
      default -> {
        at = other(c, at);
        if (length == start) {
          begin = at;
        }
      }
    }
  }

  /** Adds letters and digits of ASCII as long as there are some. */
  private void plain() {
    byte[] source = text;
    byte[] folds = bytes;
    int n = length;
    int i = at;
    int last = Math.min(to, i + LONGEST - (n - start));
    int letters = 0;
    int digits = 0;
    for (; i < last; i++) {
      byte folded = Characters.folded(source[i]);
      if (folded == 0) {
        break;
      }
      folds[n++] = folded;
      letters |= folded & 0x40;
      digits |= ~folded & 0x40;
    }
    if (i > at) {
      at = i;
      length = n;
      end = n;
      has |= (letters != 0 ? WordList.LETTERS : 0) | (digits != 0 ? WordList.DIGITS : 0);
    }
  }

  /** The words of the batch. */
  WordList words() {
    return words;
  }

  /** The number of words that were in the batch before. */
  int again() {
    return again;
  }

  /** Forgets the text, which may be a part of a huge array. */
  void release() {
    text = NO_TEXT;
  }

  /** Where the text of a word begins in the value. */
  int textStart(int word) {
    return textStarts[word];
  }

  /** Where the text of a word ends in the value. */
  int textEnd(int word) {
    return textEnds[word];
  }

  /** Begins or ends a tag of HTML or XML. */
  private void tag(int separator) {
    if (separator == '<') {
      tag = WordList.TAG;
    } else if (separator == '>') {
      tag = 0;
    }
  }

  private void inner(byte c) {
    if (length > start) {
      bytes[length++] = c;
      has |= c == '@' ? WordList.AT_SIGN | WordList.INNER_MARKS : WordList.INNER_MARKS;
    }
  }

  private void finish(int textEnd) {
    if (end > start) {
      add(textEnd);
    }
    length = start;
    begin = textEnd;
  }

  /** Ends a part of a word that is too long. */
  private void cut() {
    finish(at);
    begin = Math.max(0, at - DECODED_AGAIN);
  }

  private void add(int textEnd) {
    int number = words.count();
    textStarts[number] = begin;
    textEnds[number] = textEnd;
    words.add(start, end - start, has | tag, 0);
    bytes[end] = ' ';
    start = end + 1;
    has = 0;
    full = number + 1 == BATCH || (start >= FULL && number >= OVERLAP);
  }

  /** Keeps the last words of a batch for the next one. */
  private void keepLast() {
    start -= words.keepLast(OVERLAP);
    length = start;
    end = start;
    again = OVERLAP;
  }

  /** A character that is not ASCII, or an escape. Returns the position after it. */
  private int other(byte c, int position) {
    return switch (c) {
      case '\\' -> backslashes(position);
      case '%' -> {
        long escape = Escapes.percent(text, position, to);
        if (escape == Escapes.NONE) {
          inner((byte) '%');
          yield position + 1;
        }
        yield character(escape, position, position);
      }
      case '&' -> {
        long escape = Escapes.reference(text, position, to);
        if (escape == Escapes.NONE) {
          finish(position);
          yield position + 1;
        }
        yield character(escape, position, position);
      }
      default -> {
        int decoded = Utf8.decode(text, position, to);
        if (Utf8.codePoint(decoded) == 0) {
          otherEncoding(c, position);
          yield position + 1;
        }
        character(Utf8.codePoint(decoded), position);
        yield position + Utf8.length(decoded);
      }
    };
  }

  private void otherEncoding(byte c, int position) {
    if (binary) {
      finish(position);
      return;
    }
    letter(c);
    has |= WordList.LETTERS;
  }

  /** Several backslashes count as one, because JSON in JSON escapes them again. */
  private int backslashes(int position) {
    int next = position + 1;
    while (next < to && text[next] == '\\') {
      next++;
    }
    byte c = next < to ? text[next] : 0;
    if (c == 'u') {
      long escape = Escapes.unicode(text, next, to);
      if (escape != Escapes.NONE) {
        return character(escape, next, position);
      }
    }
    if (c == '/') {
      character(c, position);
      return next + 1;
    }
    finish(position);
    return "nrtbfx".indexOf(c) >= 0 ? next + 1 : next;
  }

  private int character(long escape, int position, int wordEnd) {
    character(Escapes.codePoint(escape), wordEnd);
    return position + Escapes.length(escape);
  }

  private void character(int codePoint, int position) {
    int folded = codePoint < 0x80 ? codePoint : Characters.fold(codePoint);
    if (folded == Characters.NOTHING) {
      return;
    }
    if (folded >= 0x80) {
      if (folded == 'ß') {
        letter((byte) 's');
        letter((byte) 's');
      } else {
        length = Utf8.encode(folded, bytes, length);
        end = length;
      }
      has |= WordList.LETTERS;
      return;
    }
    switch (Characters.kind((byte) folded)) {
      case Characters.PLAIN -> {
        letter(Characters.folded((byte) folded));
        has |= Character.isDigit(folded) ? WordList.DIGITS : WordList.LETTERS;
      }
      case Characters.INNER -> inner((byte) folded);
      default -> {
        finish(position);
        tag(folded);
      }
    }
  }

  private void letter(byte c) {
    bytes[length++] = c;
    end = length;
  }
}
