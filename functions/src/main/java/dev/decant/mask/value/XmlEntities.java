package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The references to characters in XML: the five named ones and those by number. */
final class XmlEntities {
  private static final byte[][] NAMES = {
    ascii("lt"), ascii("gt"), ascii("amp"), ascii("quot"), ascii("apos")
  };
  private static final byte[] CHARACTERS = {'<', '>', '&', '"', '\''};
  private static final int LONGEST = 10;
  private static final byte[] AMPERSAND = ascii("&amp;");
  private static final byte[] LESS = ascii("&lt;");
  private static final byte[] GREATER = ascii("&gt;");
  private static final byte[] QUOTE = ascii("&quot;");
  private static final byte[] RETURN = ascii("&#13;");
  private static final byte[] LINE_FEED = ascii("&#10;");
  private static final byte[] PLAIN_LINE_FEED = {'\n'};
  private static final byte[] TAB = ascii("&#9;");
  private static final byte[] PLAIN_TAB = {'\t'};

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Replaces the text by the characters {@code [from, to)} without references. */
  void decode(byte[] value, int from, int to, Bytes text) {
    text.clear();
    int i = from;
    while (i < to) {
      int end = value[i] == '&' ? reference(value, i, to, text) : -1;
      if (end < 0) {
        text.append(value[i++]);
      } else {
        i = end;
      }
    }
  }

  /** Appends the character of a reference; -1 if the text is not one or it is not known. */
  private static int reference(byte[] value, int from, int to, Bytes text) {
    int end = from + 1;
    while (end < to && end - from <= LONGEST && value[end] != ';') {
      end++;
    }
    if (end >= to || value[end] != ';') {
      return -1;
    }
    if (value[from + 1] == '#') {
      int codePoint = number(value, from + 2, end);
      if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT) {
        return -1;
      }
      byte[] array = text.reserve(4);
      text.length(Utf8.encode(codePoint, array, text.length()));
      return end + 1;
    }
    for (int name = 0; name < NAMES.length; name++) {
      if (Arrays.equals(NAMES[name], 0, NAMES[name].length, value, from + 1, end)) {
        text.append(CHARACTERS[name]);
        return end + 1;
      }
    }
    return -1;
  }

  /** The number in decimal or, after an x, in hexadecimal; -1 if it is not a number. */
  private static int number(byte[] value, int from, int to) {
    boolean hex = from < to && value[from] == 'x';
    int first = hex ? from + 1 : from;
    int number = first < to ? 0 : -1;
    for (int i = first; i < to && number >= 0 && number <= Character.MAX_CODE_POINT; i++) {
      int digit = Character.digit(value[i], hex ? 16 : 10);
      number = digit < 0 ? -1 : number * (hex ? 16 : 10) + digit;
    }
    return number;
  }

  /** Appends a text with references. Control characters, which XML 1.0 forbids, are left out. */
  static void encode(Bytes text, boolean attribute, Bytes out) {
    byte[] bytes = text.array();
    for (int i = 0; i < text.length(); i++) {
      byte b = bytes[i];
      switch (b) {
        case '&' -> out.append(AMPERSAND);
        case '<' -> out.append(LESS);
        case '>' -> out.append(GREATER);
        case '"' -> out.append(QUOTE);
        case '\r' -> out.append(RETURN);
        case '\n' -> out.append(attribute ? LINE_FEED : PLAIN_LINE_FEED);
        case '\t' -> out.append(attribute ? TAB : PLAIN_TAB);
        default -> {
          if (b < 0 || b >= ' ') {
            out.append(b);
          }
        }
      }
    }
  }
}
