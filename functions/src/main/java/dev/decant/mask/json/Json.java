package dev.decant.mask.json;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.Utf8;

/** Reads and writes the tokens of JSON (RFC 8259) in bytes. */
public final class Json {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Json() {}

  /** Whether the value begins as an array does. */
  public static boolean isArray(byte[] value, int from, int to) {
    int i = skipBlanks(value, from, to);
    return i < to && value[i] == '[';
  }

  static int skipBlanks(byte[] value, int from, int to) {
    int i = from;
    while (i < to
        && (value[i] == ' ' || value[i] == '\n' || value[i] == '\r' || value[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** The end of the number that begins here; -1 if it is not valid. */
  static int numberEnd(byte[] value, int from, int to) {
    int i = from < to && value[from] == '-' ? from + 1 : from;
    int end = digitsEnd(value, i, to);
    if (end == i || (value[i] == '0' && end > i + 1)) {
      return -1;
    }
    i = end;
    if (i < to && value[i] == '.') {
      end = digitsEnd(value, i + 1, to);
      if (end == i + 1) {
        return -1;
      }
      i = end;
    }
    if (i < to && (value[i] == 'e' || value[i] == 'E')) {
      int start = i + 1 < to && (value[i + 1] == '+' || value[i + 1] == '-') ? i + 2 : i + 1;
      end = digitsEnd(value, start, to);
      return end == start ? -1 : end;
    }
    return i;
  }

  private static int digitsEnd(byte[] value, int from, int to) {
    int i = from;
    while (i < to && value[i] >= '0' && value[i] <= '9') {
      i++;
    }
    return i;
  }

  /** The end of the string that begins here, after its second quote; -1 if it is not valid. */
  static int stringEnd(byte[] value, int from, int to) {
    int i = from + 1;
    while (i < to && value[i] != '"') {
      if (value[i] == '\\') {
        i = escapeEnd(value, i + 1, to);
        if (i < 0) {
          return -1;
        }
      } else if (value[i] >= 0 && value[i] < ' ') {
        return -1;
      } else {
        i++;
      }
    }
    return i < to ? i + 1 : -1;
  }

  private static int escapeEnd(byte[] value, int letter, int to) {
    if (letter >= to) {
      return -1;
    }
    return switch (value[letter]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> letter + 1;
      case 'u' -> letter + 5 <= to && unit(value, letter + 1) >= 0 ? letter + 5 : -1;
      default -> -1;
    };
  }

  /** The value of four hexadecimal digits; -1 if one of them is not a digit. */
  private static int unit(byte[] value, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(value[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Appends the text between the quotes of a valid string without its escapes. */
  static void decode(byte[] value, int from, int to, Bytes out) {
    int i = from;
    while (i < to) {
      if (value[i] != '\\') {
        out.append(value[i++]);
      } else if (value[i + 1] == 'u') {
        i = decodeUnicode(value, i, to, out);
      } else {
        out.append(unescaped(value[i + 1]));
        i += 2;
      }
    }
  }

  private static byte unescaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** Decodes a Unicode escape. A lone surrogate becomes U+FFFD, because UTF-8 cannot encode it. */
  private static int decodeUnicode(byte[] value, int from, int to, Bytes out) {
    int codePoint = unit(value, from + 2);
    int end = from + 6;
    if (Character.isHighSurrogate((char) codePoint)
        && end + 6 <= to
        && value[end] == '\\'
        && value[end + 1] == 'u'
        && Character.isLowSurrogate((char) unit(value, end + 2))) {
      codePoint = Character.toCodePoint((char) codePoint, (char) unit(value, end + 2));
      end += 6;
    } else if (Character.isSurrogate((char) codePoint)) {
      codePoint = 0xfffd;
    }
    byte[] array = out.reserve(4);
    out.length(Utf8.encode(codePoint, array, out.length()));
    return end;
  }

  /** Appends a string with its quotes, and with escapes as jsonb writes them. */
  public static void encode(byte[] value, int from, int to, Bytes out) {
    out.append((byte) '"');
    for (int i = from; i < to; i++) {
      byte b = value[i];
      if (b == '"' || b == '\\') {
        out.append((byte) '\\');
        out.append(b);
      } else if (b < 0 || b >= ' ') {
        out.append(b);
      } else {
        encodeControl(b, out);
      }
    }
    out.append((byte) '"');
  }

  private static void encodeControl(byte b, Bytes out) {
    byte letter =
        switch (b) {
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 'u';
        };
    out.append((byte) '\\');
    out.append(letter);
    if (letter == 'u') {
      out.append((byte) '0');
      out.append((byte) '0');
      out.append(HEX[b >> 4]);
      out.append(HEX[b & 15]);
    }
  }
}
