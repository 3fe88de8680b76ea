package dev.decant.trace;

import java.nio.charset.StandardCharsets;

/**
 * Reads the escapes of JSON and URLs, and the references of HTML by name and number. An answer has
 * a code point and the number of bytes of the escape.
 */
final class Escapes {
  /** The answer for bytes that are no escape. */
  static final long NONE = -1;

  private static final int LONGEST_REFERENCE = 10;

  /** The names of accents at the end of a reference, after the letter. */
  private static final String ACCENTS = " acute grave circ tilde uml ring cedil slash caron ";

  private Escapes() {}

  static int codePoint(long escape) {
    return (int) escape;
  }

  static int length(long escape) {
    return (int) (escape >>> 32);
  }

  private static long escape(int codePoint, int length) {
    return (long) length << 32 | codePoint;
  }

  /** {@code u} and four digits, or two such escapes for a character outside of the first plane. */
  static long unicode(byte[] text, int at, int to) {
    int unit = hex(text, at + 1, 4, to);
    if (unit < 0) {
      return NONE;
    }
    int low =
        at + 6 < to && text[at + 5] == '\\' && text[at + 6] == 'u' ? hex(text, at + 7, 4, to) : -1;
    return low >= 0 && Character.isSurrogatePair((char) unit, (char) low)
        ? escape(Character.toCodePoint((char) unit, (char) low), 11)
        : escape(unit, 5);
  }

  /**
   * The bytes of one character of UTF-8 or ISO 8859-1, each as {@code %} and two digits. In a URL
   * that is a part of another URL, {@code %25} stands for the {@code %}.
   */
  static long percent(byte[] text, int at, int to) {
    int digits = digits(text, at, to);
    int value = hex(text, digits, 2, to);
    if (value < 0) {
      return NONE;
    }
    int bytes = value < 0xc2 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
    int codePoint = bytes == 1 ? value : value & (0x7f >> bytes);
    int end = digits + 2;
    for (int i = 1; i < bytes; i++) {
      int next = end < to && text[end] == '%' ? digits(text, end, to) : to;
      int part = hex(text, next, 2, to);
      if (part < 0) {
        return escape(value, digits + 2 - at);
      }
      codePoint = codePoint << 6 | (part & 0x3f);
      end = next + 2;
    }
    return escape(codePoint, end - at);
  }

  /** The position of the two digits after a {@code %} that may itself be escaped. */
  private static int digits(byte[] text, int at, int to) {
    int next = at + 1;
    while (next + 4 <= to
        && text[next] == '2'
        && text[next + 1] == '5'
        && hex(text, next + 2, 2, to) >= 0) {
      next += 2;
    }
    return next;
  }

  /** A reference to a character. Of a letter with an accent, the answer is the letter. */
  static long reference(byte[] text, int at, int to) {
    int end = at + 1;
    int limit = Math.min(to, at + LONGEST_REFERENCE);
    while (end < limit && text[end] != ';') {
      end++;
    }
    if (end >= limit || end < at + 3) {
      return NONE;
    }
    int codePoint = text[at + 1] == '#' ? number(text, at + 2, end) : named(text, at + 1, end);
    return codePoint < 0 ? NONE : escape(codePoint, end + 1 - at);
  }

  private static int number(byte[] text, int from, int end) {
    boolean isHex = (text[from] | 0x20) == 'x';
    int value = 0;
    for (int i = isHex ? from + 1 : from; i < end; i++) {
      int digit = Character.digit(text[i], isHex ? 16 : 10);
      if (digit < 0) {
        return -1;
      }
      value = Math.min(Character.MAX_CODE_POINT, value * (isHex ? 16 : 10) + digit);
    }
    return value;
  }

  private static int named(byte[] text, int from, int end) {
    if (Characters.folded(text[from]) == 0) {
      return -1;
    }
    String name = new String(text, from, end - from, StandardCharsets.ISO_8859_1);
    return switch (name) {
      case "szlig" -> 'ß';
      case "commat" -> '@';
      case "period" -> '.';
      case "shy", "zwj", "zwnj" -> '\u00ad';
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp", "quot", "apos", "nbsp" -> ' ';
      default -> ACCENTS.contains(" " + name.substring(1) + " ") ? name.charAt(0) : -1;
    };
  }

  private static int hex(byte[] text, int from, int digits, int to) {
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
}
