package dev.decant.trace;

import dev.decant.mask.value.Utf8;
import java.util.Arrays;

/**
 * Divides a value into words, in the one form in which values are compared: words are folded to
 * lower case, the characters between them do not count, and escapes are decoded ({@code \n}, {@code
 * \}{@code u00fc}, {@code %40}). So a value is found again in a text that wraps its lines, inside
 * JSON, hstore, an array or XML, and in a URL.
 *
 * <p>Blanks, quotes, brackets and {@code , ; | = & ? \} separate words. Other punctuation is part
 * of a word between letters or digits, as in {@code max.muster@example.com}, and is left out at the
 * ends of a word. One thread uses an instance.
 */
abstract class WordReader {
  /** What a word contains, as bits. */
  static final int DIGITS = 1;

  static final int LETTERS = 2;

  /** Punctuation between letters or digits. */
  static final int INNER_MARKS = 4;

  static final int AT_SIGN = 8;

  private static final byte SEPARATOR = 0;
  private static final byte PLAIN = 1;
  private static final byte INNER = 3;
  private static final byte OTHER = 4;

  /** Shorter words are not looked at as base64 or hex. */
  private static final int ENCODED = 12;

  /** The kind of each byte. */
  private static final byte[] KINDS = new byte[256];

  /** The lower-case form of each letter and digit of ASCII; 0 for other bytes. */
  private static final byte[] FOLDED = new byte[256];

  static {
    Arrays.fill(KINDS, 128, 256, OTHER);
    for (int c = '!'; c < 127; c++) {
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      FOLDED[c] = plain ? (byte) Character.toLowerCase(c) : 0;
      KINDS[c] = plain ? PLAIN : "\"'<>{}[](),;|=&?`".indexOf(c) >= 0 ? SEPARATOR : INNER;
    }
    KINDS['\\'] = OTHER;
    KINDS['%'] = OTHER;
  }

  /** The words of the value so far, with a blank between two words. */
  private byte[] words = new byte[256];

  /** The position in the words where the current word begins. */
  private int start;

  /** The position in the words after the last byte of the current word. */
  private int length;

  /** The position after the last letter or digit of the word; not above {@link #start} if none. */
  private int end;

  /** What the word contains. */
  private int contents;

  /** Where the word begins in the text. */
  private int begin;

  private byte[] text = {};
  private int to;

  /** Reads a value in {@code [from, to)}, which is UTF-8, and calls {@link #word} for each word. */
  final void read(byte[] bytes, int from, int limit) {
    text = bytes;
    to = limit;
    start = 0;
    length = 0;
    end = 0;
    contents = 0;
    begin = from;
    // A character may need one byte more than in the text when its case is folded.
    if (words.length < 2 * (limit - from) + 8) {
      words = new byte[2 * (limit - from) + 8];
    }
    for (int at = from; at < limit; ) {
      int run = plain(bytes, at, limit);
      if (run > at) {
        at = run;
        continue;
      }
      byte c = bytes[at];
      switch (KINDS[c & 0xff]) {
        case INNER -> {
          inner(c);
          at++;
          if (length == start && c != '+' && c != '/') {
            begin = at;
          }
        }
        case SEPARATOR -> {
          finish(at);
          at++;
          begin = at;
        }
        default -> {
          at = other(at);
          if (length == start) {
            begin = at;
          }
        }
      }
    }
    finish(limit);
  }

  /** Adds letters and digits of ASCII as long as there are some, and returns where they end. */
  private int plain(byte[] bytes, int from, int limit) {
    byte[] folds = words;
    int n = length;
    int at = from;
    int letters = 0;
    int digits = 0;
    for (; at < limit; at++) {
      byte folded = FOLDED[bytes[at] & 0xff];
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
      contents |= (letters != 0 ? LETTERS : 0) | (digits != 0 ? DIGITS : 0);
    }
    return at;
  }

  /**
   * Gets a word.
   *
   * @param bytes holds the folded UTF-8 of the words so far, with a blank between two words; valid
   *     until the next value
   * @param from where the word begins
   * @param wordLength its length
   * @param has what it contains
   */
  abstract void word(byte[] bytes, int from, int wordLength, int has);

  /**
   * Gets a word of at least 12 characters that may be base64 or hex, as it stands in the value.
   *
   * @param hex whether it is hex
   */
  void encoded(byte[] bytes, int from, int limit, boolean hex) {}

  /** The number of bytes of all words with the blanks between them, after {@link #read}. */
  final int wordsLength() {
    return Math.max(0, start - 1);
  }

  /** The words with the blanks between them. */
  final byte[] words() {
    return words;
  }

  private void inner(byte c) {
    if (length > start) {
      words[length++] = c;
      contents |= c == '@' ? AT_SIGN | INNER_MARKS : INNER_MARKS;
    }
  }

  private void finish(int at) {
    if (end > start) {
      int has = contents;
      contents = 0;
      word(words, start, end - start, has);
      words[end] = ' ';
      start = end + 1;
      if (at - begin >= ENCODED) {
        encoded(at);
      }
    }
    length = start;
    begin = at;
  }

  /** Passes the characters from the beginning of the word on, if they may encode a text. */
  private void encoded(int limit) {
    int from = begin;
    int at = limit;
    while (at > from
        && KINDS[text[at - 1] & 0xff] == INNER
        && text[at - 1] != '+'
        && text[at - 1] != '/') {
      at--;
    }
    boolean hex = true;
    boolean lower = false;
    boolean other = false;
    if (text[from] == 'x' && from > 0 && text[from - 1] == '\\') {
      from++;
    }
    for (int i = from; i < at; i++) {
      byte c = text[i];
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c > 0;
      if (!digit && !letter && c != '+' && c != '/' && c != '-' && c != '_') {
        return;
      }
      hex &= digit || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
      lower |= c >= 'a' && c <= 'z';
      other |= !(c >= 'a' && c <= 'z');
    }
    if (hex && ((at - from) & 1) == 0) {
      encoded(text, from, at, true);
    } else if (lower && other) {
      encoded(text, from, at, false);
    }
  }

  /** A character that is not ASCII, or an escape. Returns the position after it. */
  private int other(int at) {
    byte c = text[at];
    if (c == '\\') {
      return escape(at);
    }
    if (c == '%') {
      return percent(at);
    }
    int decoded = Utf8.decode(text, at, to);
    if (Utf8.codePoint(decoded) == 0) {
      letter(c);
      return at + 1;
    }
    add(Utf8.codePoint(decoded), at);
    return at + Utf8.length(decoded);
  }

  /** The length of a UTF-8 sequence by its first byte; 0 if none begins with it. */
  private static int sequence(byte first) {
    int b = first & 0xff;
    return b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
  }

  private int escape(int at) {
    byte c = at + 1 < to ? text[at + 1] : 0;
    if (c == 'u') {
      return unicode(at);
    }
    if (c == '/' || (c > 0 && KINDS[c] == SEPARATOR)) {
      add(c, at);
      return at + 2;
    }
    finish(at);
    return at + ("nrtbf\\".indexOf(c) >= 0 ? 2 : 1);
  }

  /**
   * {@code \}{@code u} and four digits, or two of them for a character outside of the first plane.
   */
  private int unicode(int at) {
    int unit = hex(at + 2, 4);
    if (unit < 0) {
      finish(at);
      return at + 1;
    }
    int low = at + 7 < to && text[at + 6] == '\\' && text[at + 7] == 'u' ? hex(at + 8, 4) : -1;
    if (Character.isHighSurrogate((char) unit)
        && low >= 0
        && Character.isLowSurrogate((char) low)) {
      add(Character.toCodePoint((char) unit, (char) low), at);
      return at + 12;
    }
    add(unit, at);
    return at + 6;
  }

  private int percent(int at) {
    int value = hex(at + 1, 2);
    if (value < 0) {
      inner((byte) '%');
      return at + 1;
    }
    int bytes = Math.max(1, value < 0x80 ? 1 : sequence((byte) value));
    int codePoint = bytes == 1 ? value : value & (0x7f >> bytes);
    int next = at + 3;
    for (int i = 1; i < bytes; i++, next += 3) {
      int part = next < to && text[next] == '%' ? hex(next + 1, 2) : -1;
      if (part < 0) {
        return next;
      }
      codePoint = (codePoint << 6) | (part & 0x3f);
    }
    add(codePoint, at);
    return next;
  }

  private int hex(int from, int digits) {
    if (from + digits > to) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Adds a character. Only here is one folded that is not ASCII. */
  private void add(int codePoint, int at) {
    if (codePoint < 0x80) {
      switch (KINDS[codePoint]) {
        case PLAIN -> {
          letter(FOLDED[codePoint]);
          contents |= Character.isDigit(codePoint) ? DIGITS : LETTERS;
        }
        case INNER -> inner((byte) codePoint);
        default -> finish(at);
      }
      return;
    }
    if (Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || isPunctuation(codePoint)) {
      finish(at);
      return;
    }
    length = Utf8.encode(Character.toLowerCase(Character.toUpperCase(codePoint)), words, length);
    end = length;
    contents |= LETTERS;
  }

  private void letter(byte c) {
    words[length++] = c;
    end = length;
  }

  private static boolean isPunctuation(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
