package dev.decant.dump;

import java.util.Arrays;

/**
 * Finds the end of an SQL statement as psql does, and notes its tokens on the way. Works on bytes:
 * every encoding that a dump may have here keeps ASCII bytes ASCII. Strings ({@code '..'}, {@code
 * E'..'} with its continuation lines, {@code U&'..'}, {@code B'..'}, dollar quotes), quoted
 * identifiers, nested comments and BEGIN ATOMIC bodies follow psql's scanner (psqlscan.l of
 * PostgreSQL 18). Reused from statement to statement; not for several threads.
 */
final class SqlLexer {
  /** The bytes end before the statement does. */
  static final int MORE = -1;

  /** There is a byte that no statement of a dump holds; see {@link #problem}. */
  static final int INVALID = -2;

  static final byte WORD = 1;
  static final byte QUOTED = 2;
  static final byte STRING = 3;
  static final byte NUMBER = 4;
  static final byte SYMBOL = 5;

  private byte[] kinds = new byte[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int[] depths = new int[256];
  private int count;

  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private boolean backslashes;
  private int parentheses;
  private int brackets;
  private int begins;
  private int words;
  private final byte[] firstWords = new byte[4];
  private String problem = "";
  private int problemAt;

  /** How many tokens the statement has, the final {@code ;} included. */
  int count() {
    return count;
  }

  byte kind(int token) {
    return kinds[token];
  }

  /** Offsets count from the statement's first byte. */
  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** How many parentheses and brackets stand around it; these themselves count as outside. */
  int depth(int token) {
    return depths[token];
  }

  /** What is wrong, after {@link #INVALID}; never text of the statement. */
  String problem() {
    return problem;
  }

  /** Where, as an offset into the scanned array. */
  int problemAt() {
    return problemAt;
  }

  /**
   * Scans one statement that begins at {@code start}.
   *
   * @param escapes whether backslashes escape in plain strings: standard_conforming_strings is off
   * @return the offset after its {@code ;}, or {@link #MORE}, or {@link #INVALID}
   */
  int scan(byte[] text, int start, int limit, boolean escapes) {
    bytes = text;
    from = start;
    to = limit;
    backslashes = escapes;
    count = 0;
    parentheses = 0;
    brackets = 0;
    begins = 0;
    words = 0;
    Arrays.fill(firstWords, (byte) 0);
    int at = start;
    while (at >= 0 && at < limit) {
      if (bytes[at] == ';' && parentheses == 0) {
        if (begins == 0) {
          add(SYMBOL, at, at + 1);
          return at + 1;
        }
        if (begins > 1) {
          // No statement of a body ends inside CASE ... END: "case" was a label here, and psql and
          // the server would not agree on where the body ends.
          return invalid("a semicolon inside CASE", at);
        }
      }
      at = token(at);
    }
    return at < 0 ? at : MORE;
  }

  /** One token, comment or blank; answers where the next begins. */
  private int token(int at) {
    byte c = bytes[at];
    return switch (c) {
      case ' ', '\t', '\n', '\f', 0x0b -> at + 1;
      case '\r' -> carriageReturn(at);
      case '\'' -> quoted(STRING, at, at, backslashes);
      case '"' -> quoted(QUOTED, at, at, false);
      case '$' -> dollar(at);
      case '-' -> at + 1 == to ? MORE : bytes[at + 1] == '-' ? lineComment(at) : symbol(at);
      case '/' -> at + 1 == to ? MORE : bytes[at + 1] == '*' ? blockComment(at) : symbol(at);
      case '\\' -> invalid("a backslash command inside a statement", at);
      default -> {
        if (isLetter(c)) {
          yield word(at);
        }
        if (isDigit(c)) {
          yield number(at);
        }
        yield c > ' ' && c < 0x7f ? symbol(at) : invalid("a byte that is not text", at);
      }
    };
  }

  private int symbol(int at) {
    byte c = bytes[at];
    if (c == ')') {
      parentheses = Math.max(0, parentheses - 1);
    } else if (c == ']') {
      brackets = Math.max(0, brackets - 1);
    }
    add(SYMBOL, at, at + 1);
    if (c == '(') {
      parentheses++;
    } else if (c == '[') {
      brackets++;
    }
    return at + 1;
  }

  private int word(int at) {
    int end = at + 1;
    while (end < to && (isLetter(bytes[end]) || isDigit(bytes[end]) || bytes[end] == '$')) {
      end++;
    }
    if (end + 1 >= to) {
      // Whether it is the prefix of a string shows within two bytes. A whole statement ends in ";",
      // so that only a word right before the last ";" needs the second look.
      if (end == to || bytes[end] == '&' || bytes[end] == '\'') {
        return MORE;
      }
    }
    if (end == at + 1) {
      int string = prefixed(at, end);
      if (string != end) {
        return string;
      }
    }
    add(WORD, at, end);
    body(at, end);
    return end;
  }

  /** psql ends a comment at it, so that a command could stand alone behind it. */
  private int carriageReturn(int at) {
    if (at + 1 == to) {
      return MORE;
    }
    return bytes[at + 1] == '\n'
        ? at + 2
        : invalid("a carriage return without a line feed, outside of quotes", at);
  }

  /** A string or identifier after a one-letter prefix, or {@code end} where there is none. */
  private int prefixed(int at, int end) {
    int letter = bytes[at] | 0x20;
    byte next = bytes[end];
    if (next == '\'' && (letter == 'b' || letter == 'x')) {
      return bits(at, end);
    }
    if (next == '\'' && (letter == 'e' || letter == 'n')) {
      return quoted(STRING, at, end, letter == 'e' || (letter == 'n' && backslashes));
    }
    if (letter == 'u' && next == '&' && bytes[end + 1] == '\'') {
      return quoted(STRING, at, end + 1, false);
    }
    if (letter == 'u' && next == '&' && bytes[end + 1] == '"') {
      return invalid("an identifier with Unicode escapes", at);
    }
    return end;
  }

  /**
   * BEGIN ATOMIC bodies hold semicolons of their own. Inside, END closes what CASE or BEGIN ATOMIC
   * opened. psql counts every unquoted {@code begin}; {@link Skeleton} quotes those that are names,
   * so that psql agrees with the server.
   */
  private void body(int at, int end) {
    if (words < firstWords.length
        && (is(at, end, "create")
            || is(at, end, "function")
            || is(at, end, "procedure")
            || is(at, end, "or")
            || is(at, end, "replace"))) {
      firstWords[words] = (byte) (bytes[at] | 0x20);
    }
    words++;
    if (parentheses != 0 || !createsRoutine()) {
      return;
    }
    if (begins == 0 ? isAtomic(at, end) : is(at, end, "case")) {
      begins++;
    } else if (begins > 0 && is(at, end, "end")) {
      begins--;
    }
  }

  /** Whether this word, the last token, is ATOMIC right after BEGIN. */
  private boolean isAtomic(int at, int end) {
    return is(at, end, "atomic")
        && count > 1
        && kinds[count - 2] == WORD
        && is(from + starts[count - 2], from + ends[count - 2], "begin");
  }

  private boolean createsRoutine() {
    int what = firstWords[1] == 'o' && firstWords[2] == 'r' ? firstWords[3] : firstWords[1];
    return firstWords[0] == 'c' && (what == 'f' || what == 'p');
  }

  /** {@code 1}, {@code 1.5}, {@code 1.5e-10}. The same with letters or a quote behind it is odd. */
  private int number(int at) {
    int end = digits(at);
    if (end < to && bytes[end] == '.') {
      end = digits(end + 1);
    }
    if (end < to && (bytes[end] | 0x20) == 'e') {
      boolean signed = end + 1 < to && (bytes[end + 1] == '+' || bytes[end + 1] == '-');
      int exponent = end + (signed ? 2 : 1);
      end = digits(exponent);
      if (end == exponent && end < to) {
        return oddNumber(at);
      }
    }
    if (end >= to) {
      return MORE;
    }
    byte next = bytes[end];
    if (isLetter(next) || next == '\'' || next == '"' || next == '$') {
      return oddNumber(at);
    }
    add(NUMBER, at, end);
    return end;
  }

  private int digits(int from) {
    int end = from;
    while (end < to && isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  /** {@code 1E'..'}, {@code 1a$$..$$}, {@code 1E--..}: other tokens for each version of psql. */
  private int oddNumber(int at) {
    return invalid("a number that letters or a quote follow", at);
  }

  /** A quoted token from {@code at}, whose opening quote is at {@code open}. */
  private int quoted(byte kind, int at, int open, boolean escapes) {
    byte quote = bytes[open];
    int end = closing(quote, open + 1, escapes);
    while (end > 0 && escapes) {
      // 'a' <newline> 'b' is one string: the second part has the escapes of the first.
      int next = continuation(end);
      if (next < 0 || bytes[next] != '\'') {
        if (next < 0) {
          return MORE;
        }
        break;
      }
      end = closing(quote, next + 1, true);
    }
    if (end > 0 && kind == STRING && isOddString(at, end, escapes)) {
      return invalid("a backslash in a string of several parts or in N'..'", at);
    }
    if (end > 0) {
      add(kind, at, end);
    }
    return end;
  }

  /**
   * Whether a string has backslashes where {@link PsqlReading} could not write it as {@code E'..'}:
   * in {@code N'..'}, and where one part of {@code 'a' <newline> 'b'} has them, which are two
   * tokens here if backslashes do not escape.
   */
  private boolean isOddString(int at, int end, boolean escapes) {
    if ((bytes[at] | 0x20) == 'n') {
      return hasBackslash(at, end);
    }
    int last = count - 1;
    return bytes[at] == '\''
        && !escapes
        && last >= 0
        && kinds[last] == STRING
        && (hasBackslash(at, end) || hasBackslash(from + starts[last], from + ends[last]));
  }

  private boolean hasBackslash(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** {@code B'..'} and {@code X'..'} end at the next quote: two quotes are not one of theirs. */
  private int bits(int at, int open) {
    int i = open + 1;
    while (i < to && bytes[i] != '\'') {
      i++;
    }
    if (i + 1 >= to) {
      return MORE;
    }
    add(STRING, at, i + 1);
    return i + 1;
  }

  private int closing(byte quote, int at, boolean escapes) {
    int i = at;
    while (i + 1 < to) {
      byte c = bytes[i];
      if (c == quote) {
        if (bytes[i + 1] != quote) {
          return i + 1;
        }
        i += 2;
      } else {
        i += escapes && c == '\\' ? 2 : 1;
      }
    }
    return MORE;
  }

  /** Where the next part of a string could begin: after blanks that hold a newline. */
  private int continuation(int end) {
    boolean newline = false;
    int i = end;
    while (i < to) {
      byte c = bytes[i];
      if (c == '\n') {
        newline = true;
        i++;
      } else if (c == '\r') {
        if (i + 1 == to) {
          return MORE;
        }
        if (bytes[i + 1] != '\n') {
          return end;
        }
        i++;
      } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0b) {
        i++;
      } else if (c == '-' && i + 1 < to && bytes[i + 1] == '-') {
        i = lineComment(i);
        if (i < 0) {
          return MORE;
        }
      } else {
        return newline ? i : end;
      }
    }
    return MORE;
  }

  private int dollar(int at) {
    int tagEnd = at + 1;
    if (tagEnd < to && isLetter(bytes[tagEnd])) {
      while (tagEnd < to && (isLetter(bytes[tagEnd]) || isDigit(bytes[tagEnd]))) {
        tagEnd++;
      }
    }
    if (tagEnd == to) {
      return MORE;
    }
    if (bytes[tagEnd] != '$') {
      return symbol(at);
    }
    int length = tagEnd + 1 - at;
    for (int i = tagEnd + 1; i + length <= to; i++) {
      if (bytes[i] == '$' && Arrays.equals(bytes, i, i + length, bytes, at, at + length)) {
        add(STRING, at, i + length);
        return i + length;
      }
    }
    return MORE;
  }

  private int lineComment(int at) {
    int i = at;
    while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i == to ? MORE : i;
  }

  private int blockComment(int at) {
    return blockCommentEnd(bytes, at, to);
  }

  /** The end of the comment that begins at {@code at}; comments nest. Or {@link #MORE}. */
  static int blockCommentEnd(byte[] bytes, int at, int to) {
    int open = 0;
    int i = at;
    while (i + 1 < to) {
      if (bytes[i] == '/' && bytes[i + 1] == '*') {
        open++;
        i += 2;
      } else if (bytes[i] == '*' && bytes[i + 1] == '/') {
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

  private int invalid(String what, int at) {
    problem = what;
    problemAt = at;
    return INVALID;
  }

  private void add(byte kind, int start, int end) {
    if (count == kinds.length) {
      int larger = count * 2;
      kinds = Arrays.copyOf(kinds, larger);
      starts = Arrays.copyOf(starts, larger);
      ends = Arrays.copyOf(ends, larger);
      depths = Arrays.copyOf(depths, larger);
    }
    kinds[count] = kind;
    starts[count] = start - from;
    ends[count] = end - from;
    depths[count++] = parentheses + brackets;
  }

  private boolean is(int start, int end, String lower) {
    return equalsIgnoreCase(bytes, start, end, lower);
  }

  /** Whether the bytes are an ASCII word, given in lower case. */
  static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lower) {
    if (end - start != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      int c = bytes[start + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * An unquoted identifier or keyword as the server reads it: only ASCII letters are folded, as
   * downcase_identifier (scansup.c) does in a UTF-8 database.
   */
  static String folded(String word) {
    char[] letters = word.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'A' && letters[i] <= 'Z') {
        letters[i] = (char) (letters[i] | 0x20);
      }
    }
    return new String(letters);
  }

  static boolean isLetter(byte c) {
    return c < 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
