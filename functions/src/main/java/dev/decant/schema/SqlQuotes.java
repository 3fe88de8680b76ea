package dev.decant.schema;

import java.util.Arrays;

/**
 * Finds where the quoted parts and the comments of SQL text end, as described in "Lexical
 * Structure" of PostgreSQL's manual. It works on the bytes of the text, in an encoding in which the
 * bytes below 128 are ASCII characters. {@code standard_conforming_strings} is on unless a method
 * says otherwise.
 */
public final class SqlQuotes {
  /** Says that the text ends before the quoted part or the comment does. */
  public static final int MORE = -1;

  private SqlQuotes() {}

  /**
   * The end of the string, the quoted identifier, the dollar-quoted string or the comment that
   * begins at {@code at}. Returns {@code at} if none begins there, and the end of the text if it is
   * not closed.
   */
  public static int end(byte[] text, int at) {
    int to = text.length;
    int end =
        switch (text[at]) {
          case '\'' -> closing(text, at, to, isEscapeString(text, at));
          case '"' -> closing(text, at, to, false);
          case '$' -> at > 0 && isWordPart(text[at - 1]) ? at : dollarQuoteEnd(text, at, to);
          case '-' -> at + 1 < to && text[at + 1] == '-' ? lineCommentEnd(text, at, to) : at;
          case '/' -> at + 1 < to && text[at + 1] == '*' ? blockCommentEnd(text, at, to) : at;
          default -> at;
        };
    return end == MORE ? to : end;
  }

  private static boolean isEscapeString(byte[] text, int quote) {
    return quote > 0
        && (text[quote - 1] | 0x20) == 'e'
        && (quote == 1 || !isWordPart(text[quote - 2]));
  }

  /**
   * The end of the part that the quote at {@code open} begins. A doubled quote stands for itself.
   *
   * @param escapes whether a backslash escapes the byte after it
   * @return {@link #MORE} if the text ends first, or if its last byte is a quote that another quote
   *     might follow
   */
  public static int closing(byte[] text, int open, int to, boolean escapes) {
    byte quote = text[open];
    int i = open + 1;
    while (i + 1 < to) {
      byte c = text[i];
      if (c == quote) {
        if (text[i + 1] != quote) {
          return i + 1;
        }
        i += 2;
      } else {
        i += escapes && c == '\\' ? 2 : 1;
      }
    }
    return MORE;
  }

  /**
   * The end of the dollar-quoted string that begins at {@code at}, where a dollar sign is. Returns
   * {@code at} if that dollar sign begins no string, and {@link #MORE} if the text ends first.
   */
  public static int dollarQuoteEnd(byte[] text, int at, int to) {
    int tagEnd = at + 1;
    if (tagEnd < to && isLetter(text[tagEnd])) {
      while (tagEnd < to && (isLetter(text[tagEnd]) || isDigit(text[tagEnd]))) {
        tagEnd++;
      }
    }
    if (tagEnd == to) {
      return MORE;
    }
    if (text[tagEnd] != '$') {
      return at;
    }
    int length = tagEnd + 1 - at;
    for (int i = tagEnd + 1; i + length <= to; i++) {
      if (text[i] == '$' && Arrays.equals(text, i, i + length, text, at, at + length)) {
        return i + length;
      }
    }
    return MORE;
  }

  /** The position of the line end that ends a {@code --} comment, or {@link #MORE}. */
  public static int lineCommentEnd(byte[] text, int at, int to) {
    int i = at;
    while (i < to && text[i] != '\n' && text[i] != '\r') {
      i++;
    }
    return i == to ? MORE : i;
  }

  /** The end of the comment that begins at {@code at}, or {@link #MORE}. Comments can be nested. */
  public static int blockCommentEnd(byte[] text, int at, int to) {
    int open = 0;
    int i = at;
    while (i + 1 < to) {
      if (text[i] == '/' && text[i + 1] == '*') {
        open++;
        i += 2;
      } else if (text[i] == '*' && text[i + 1] == '/') {
        open--;
        i += 2;
        if (open == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return MORE;
  }

  /** Whether an unquoted identifier or keyword can contain this byte after its first one. */
  public static boolean isWordPart(byte c) {
    return isLetter(c) || isDigit(c) || c == '$';
  }

  /** Whether an unquoted identifier or keyword can begin with this byte. */
  public static boolean isLetter(byte c) {
    return c < 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  public static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
