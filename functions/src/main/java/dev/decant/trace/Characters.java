package dev.decant.trace;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * The one form in which characters are compared: lower case, without accents, and without what only
 * changes how a character looks. {@code JÜRGEN}, {@code Jürgen} with a combining mark and {@code
 * Jurgen} are the same word.
 */
final class Characters {
  /** Ends a word. */
  static final byte SEPARATOR = 0;

  /** A letter or digit of ASCII. */
  static final byte PLAIN = 1;

  /** Punctuation that is part of a word between letters or digits. */
  static final byte INNER = 2;

  /** Not ASCII, or may begin an escape. */
  static final byte OTHER = 3;

  /** A character that is left out. */
  static final int NOTHING = -1;

  private static final byte[] KINDS = new byte[256];

  /** The lower-case form of each letter and digit of ASCII; 0 for other bytes. */
  private static final byte[] FOLDED = new byte[256];

  private static final int ONE_DOT_LEADER = 0x2024;
  private static final int MINUS_SIGN = 0x2212;
  private static final int SMALL_FULL_STOP = 0xfe52;
  private static final int SMALL_COMMERCIAL_AT = 0xfe6b;
  private static final int ACCENTS = 0x300;
  private static final int AFTER_ACCENTS = 0x370;

  static {
    Arrays.fill(KINDS, 128, 256, OTHER);
    for (int c = '!'; c < 127; c++) {
      boolean plain = Character.isLetterOrDigit(c);
      FOLDED[c] = plain ? (byte) Character.toLowerCase(c) : 0;
      KINDS[c] = plain ? PLAIN : "\"'<>{}[](),;|=?`".indexOf(c) >= 0 ? SEPARATOR : INNER;
    }
    KINDS['\\'] = OTHER;
    KINDS['%'] = OTHER;
    KINDS['&'] = OTHER;
  }

  /** The base letters of the alphabets that have accents; made when the first is needed. */
  private static final class Bases {
    private static final char[] OF = new char[0x2000];

    static {
      for (char c = 0x80; c < OF.length; c++) {
        String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
        OF[c] = isAccent(parts.charAt(0)) || parts.isBlank() ? c : base(parts, c);
      }
    }

    private static char base(String parts, char c) {
      boolean accents = parts.chars().skip(1).allMatch(Characters::isAccent);
      return accents ? parts.charAt(0) : c;
    }
  }

  private Characters() {}

  static byte kind(byte c) {
    return KINDS[c & 0xff];
  }

  /** The lower-case form of a letter or digit of ASCII; 0 for other bytes. */
  static byte folded(byte c) {
    return FOLDED[c & 0xff];
  }

  private static boolean isAccent(int codePoint) {
    return codePoint >= ACCENTS && codePoint < AFTER_ACCENTS;
  }

  /**
   * The form of a character that is not ASCII.
   *
   * @return a character, which may be of ASCII; a blank if the character separates words; {@link
   *     #NOTHING} if it does not count
   */
  static int fold(int codePoint) {
    int type = Character.getType(codePoint);
    if (isAccent(codePoint) || type == Character.FORMAT) {
      return NOTHING;
    }
    if (codePoint >= 0xff01 && codePoint <= 0xff5e) {
      return ascii(codePoint - 0xff01 + '!');
    }
    int mark = mark(codePoint, type);
    if (mark != 0) {
      return mark;
    }
    if (isSeparator(type) || Character.isWhitespace(codePoint)) {
      return ' ';
    }
    int base = codePoint < Bases.OF.length ? Bases.OF[codePoint] : codePoint;
    return base < 0x80 ? ascii(base) : Character.toLowerCase(Character.toUpperCase(base));
  }

  /** The punctuation of ASCII that a character looks like; 0 if there is none. */
  private static int mark(int codePoint, int type) {
    return switch (codePoint) {
      case ONE_DOT_LEADER, SMALL_FULL_STOP -> '.';
      case SMALL_COMMERCIAL_AT -> '@';
      case MINUS_SIGN -> '-';
      default -> type == Character.DASH_PUNCTUATION ? '-' : 0;
    };
  }

  private static int ascii(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  private static boolean isSeparator(int type) {
    return switch (type) {
      case Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
