package dev.decant.dump;

import dev.decant.copy.Bytes;
import dev.decant.schema.SqlQuotes;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the string constants of SQL as the server does: {@code '..'}, {@code E'..'}, {@code
 * U&'..'} with UESCAPE, {@code N'..'}, {@code B'..'}, {@code X'..'} and dollar quotes, also in
 * several parts ("Lexical Structure" in PostgreSQL's manual, and scan.l).
 */
final class SqlStrings {
  private final SqlCursor cursor;
  private final Bytes unicode = new Bytes(64);

  /** Whether backslashes escape in plain strings. */
  boolean backslashEscapes;

  SqlStrings(SqlCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Appends the value of the constant at the cursor, and moves past it. If none begins there,
   * nothing happens.
   *
   * @return null after a constant, or if none begins here; otherwise why the constant is invalid,
   *     without any of its text
   */
  @Nullable String read(Bytes out) {
    byte c = cursor.peek();
    if (c == '\'') {
      return quoted(cursor.at, backslashEscapes, out);
    }
    if (c == '$') {
      return dollar(out);
    }
    if (!SqlQuotes.isLetter(c)) {
      return null;
    }
    byte next = cursor.peek(cursor.at + 1);
    if (next == '&' && (c | 0x20) == 'u' && cursor.peek(cursor.at + 2) == '\'') {
      return unicode(out);
    }
    if (next != '\'') {
      return null;
    }
    return switch (c | 0x20) {
      case 'e' -> quoted(cursor.at + 1, true, out);
      case 'b' -> bits(out);
      case 'x' -> hex(out);
      case 'n' -> national(out);
      default -> null;
    };
  }

  /** Reads the string whose opening quote is at {@code open}. */
  private @Nullable String quoted(int open, boolean escapes, Bytes out) {
    int part = open;
    while (true) {
      int end = SqlCursor.inWindow(SqlQuotes.closing(cursor.bytes, part, cursor.to, escapes));
      String problem = content(part + 1, end - 1, escapes, out);
      if (problem != null) {
        return problem;
      }
      part = continuation(end);
      if (part < 0) {
        cursor.at = end;
        return null;
      }
    }
  }

  /** The quote that continues a string after blanks with a line end, or -1. */
  private int continuation(int end) {
    boolean newline = false;
    int i = end;
    while (true) {
      switch (cursor.peek(i)) {
        case '\n', '\r' -> newline = true;
        case ' ', '\t', '\f', 0x0b -> {}
        case '\'' -> {
          return newline ? i : -1;
        }
        default -> {
          return -1;
        }
      }
      i++;
    }
  }

  private @Nullable String content(int from, int end, boolean escapes, Bytes out) {
    byte[] bytes = cursor.bytes;
    int copied = from;
    int i = from;
    while (i < end) {
      byte c = bytes[i];
      if (c == '\'') {
        // The second quote of a pair is left out.
        out.append(bytes, copied, i + 1);
        i += 2;
        copied = i;
      } else if (c == '\\' && escapes) {
        out.append(bytes, copied, i);
        i = escape(i + 1, end, out);
        if (i < 0) {
          return "an invalid escape in a string";
        }
        copied = i;
      } else {
        i++;
      }
    }
    out.append(bytes, copied, end);
    return null;
  }

  /** Appends what the escape with the letter at {@code i} means. Returns -1 if it is invalid. */
  private int escape(int i, int end, Bytes out) {
    byte c = cursor.bytes[i];
    switch (c) {
      case 'b' -> out.append((byte) '\b');
      case 'f' -> out.append((byte) '\f');
      case 'n' -> out.append((byte) '\n');
      case 'r' -> out.append((byte) '\r');
      case 't' -> out.append((byte) '\t');
      case 'v' -> out.append((byte) 0x0b);
      case 'u', 'U' -> {
        return codePoint(i + 1, end, c == 'u' ? 4 : 8, true, out);
      }
      case 'x' -> {
        return hexByte(i, end, out);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return octal(i, end, out);
      }
      default -> out.append(c);
    }
    return i + 1;
  }

  private int octal(int from, int end, Bytes out) {
    int value = 0;
    int i = from;
    while (i < end && i < from + 3 && cursor.bytes[i] >= '0' && cursor.bytes[i] <= '7') {
      value = value * 8 + cursor.bytes[i++] - '0';
    }
    out.append((byte) value);
    return i;
  }

  private int hexByte(int letter, int end, Bytes out) {
    int value = 0;
    int i = letter + 1;
    while (i < end && i < letter + 3 && digit(i) >= 0) {
      value = value * 16 + digit(i++);
    }
    out.append(i == letter + 1 ? (byte) 'x' : (byte) value);
    return i;
  }

  private int digit(int at) {
    return Character.digit(cursor.bytes[at], 16);
  }

  /**
   * Appends the character with the number that stands at {@code from} in hexadecimal digits. The
   * second half of a surrogate pair must follow the first one as an escape of its own.
   */
  private int codePoint(int from, int end, int digits, boolean ofEscapes, Bytes out) {
    int value = number(from, end, digits);
    int after = from + digits;
    if (value >= 0xd800 && value <= 0xdbff) {
      int low = lowSurrogate(after, end, ofEscapes);
      if (low < 0) {
        return -1;
      }
      value = Character.toCodePoint((char) value, (char) low);
      after = surrogateEnd;
    }
    if (value <= 0 || value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
      return -1;
    }
    out.append(Character.toString(value));
    return after;
  }

  private int surrogateEnd;
  private byte unicodeEscape;

  /** The second half of a surrogate pair, whose end is then in {@link #surrogateEnd}, or -1. */
  private int lowSurrogate(int at, int end, boolean ofEscapes) {
    byte[] bytes = cursor.bytes;
    int digits;
    int from;
    if (at + 1 >= end || bytes[at] != (ofEscapes ? '\\' : unicodeEscape)) {
      return -1;
    }
    if (ofEscapes) {
      digits = bytes[at + 1] == 'u' ? 4 : bytes[at + 1] == 'U' ? 8 : 0;
      from = at + 2;
    } else {
      boolean plus = bytes[at + 1] == '+';
      digits = plus ? 6 : 4;
      from = plus ? at + 2 : at + 1;
    }
    int value = digits == 0 ? -1 : number(from, end, digits);
    surrogateEnd = from + digits;
    return value >= 0xdc00 && value <= 0xdfff ? value : -1;
  }

  private int number(int from, int end, int digits) {
    if (from + digits > end) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      if (digit(i) < 0) {
        return -1;
      }
      value = value * 16 + digit(i);
    }
    return value > Character.MAX_CODE_POINT ? -1 : (int) value;
  }

  /** {@code U&'..' [UESCAPE 'c']}, whose escape character is known only after its end. */
  private @Nullable String unicode(Bytes out) {
    if (backslashEscapes) {
      return "a U&'..' string while standard_conforming_strings is off";
    }
    unicode.clear();
    String problem = quoted(cursor.at + 2, false, unicode);
    int end = cursor.at;
    byte escape = '\\';
    if (cursor.accept("uescape")) {
      cursor.skipBlanks();
      int open = cursor.at;
      escape = cursor.peek(open + 1);
      if (cursor.peek() != '\'' || cursor.peek(open + 2) != '\'' || isNoEscape(escape)) {
        return "an invalid UESCAPE";
      }
      cursor.at = open + 3;
    } else {
      cursor.at = end;
    }
    return problem != null ? problem : unescaped(escape, out);
  }

  private static boolean isNoEscape(byte c) {
    return Character.digit(c, 16) >= 0 || c <= ' ' || c == '+' || c == '\'' || c == '"';
  }

  private @Nullable String unescaped(byte escape, Bytes out) {
    SqlStrings inner = new SqlStrings(new SqlCursor());
    inner.cursor.set(unicode.array(), 0, unicode.length());
    inner.unicodeEscape = escape;
    byte[] bytes = unicode.array();
    int end = unicode.length();
    int i = 0;
    while (i < end) {
      if (bytes[i] != escape) {
        out.append(bytes[i++]);
      } else if (i + 1 < end && bytes[i + 1] == escape) {
        out.append(escape);
        i += 2;
      } else {
        boolean plus = i + 1 < end && bytes[i + 1] == '+';
        i = inner.codePoint(plus ? i + 2 : i + 1, end, plus ? 6 : 4, false, out);
        if (i < 0) {
          return "an invalid escape in a U&'..' string";
        }
      }
    }
    return null;
  }

  /** {@code N'..'} has the type bpchar, which loses its blanks at the end in any other type. */
  private @Nullable String national(Bytes out) {
    int start = out.length();
    String problem = quoted(cursor.at + 1, backslashEscapes, out);
    int end = out.length();
    while (end > start && out.array()[end - 1] == ' ') {
      end--;
    }
    out.length(end);
    return problem;
  }

  private @Nullable String bits(Bytes out) {
    int start = out.length();
    String problem = quoted(cursor.at + 1, false, out);
    for (int i = start; i < out.length(); i++) {
      if (out.array()[i] != '0' && out.array()[i] != '1') {
        return "a B'..' string with other digits than 0 and 1";
      }
    }
    return problem;
  }

  /** {@code X'1F'} is the bit string {@code 00011111}. */
  private @Nullable String hex(Bytes out) {
    unicode.clear();
    String problem = quoted(cursor.at + 1, false, unicode);
    for (int i = 0; i < unicode.length(); i++) {
      int digit = Character.digit(unicode.array()[i], 16);
      if (digit < 0) {
        return "an X'..' string with other digits than hexadecimal ones";
      }
      for (int bit = 3; bit >= 0; bit--) {
        out.append((byte) ('0' + (digit >> bit & 1)));
      }
    }
    return problem;
  }

  private @Nullable String dollar(Bytes out) {
    int start = cursor.at;
    int end = SqlCursor.inWindow(SqlQuotes.dollarQuoteEnd(cursor.bytes, start, cursor.to));
    if (end == start) {
      return null;
    }
    int tag = 1;
    while (cursor.bytes[start + tag] != '$') {
      tag++;
    }
    out.append(cursor.bytes, start + tag + 1, end - tag - 1);
    cursor.at = end;
    return null;
  }
}
