package dev.decant.dump;

import dev.decant.schema.SqlQuotes;
import java.util.Arrays;

/**
 * Finds the end of an SQL statement as psql does, and records the statement's tokens. It works on
 * bytes, because in every encoding that a dump can have here, bytes below 128 are ASCII characters.
 * Strings ({@code '..'}, {@code E'..'} with continuation lines, {@code U&'..'}, {@code B'..'},
 * dollar quotes), quoted identifiers, nested comments and BEGIN ATOMIC bodies follow psql's scanner
 * (psqlscan.l of PostgreSQL 18). A lexer is reused for many statements. Only one thread may use it.
 */
final class SqlLexer {
  /** Says that the bytes end before the statement does. */
  static final int MORE = SqlQuotes.MORE;

  /** Says that the statement has a byte that no dump has there; see {@link #problem}. */
  static final int INVALID = -2;

  static final byte WORD = 1;
  static final byte QUOTED = 2;
  static final byte STRING = 3;
  static final byte NUMBER = 4;
  static final byte SYMBOL = 5;

  private static final int FEWEST_TOKENS = 16;

  private byte[] kinds;
  private int[] starts;
  private int[] ends;
  private int[] depths;
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

  /** A lexer for statements of any size. */
  SqlLexer() {
    this(256);
  }

  /**
   * @param tokens the expected number of tokens; there is room for more when they come
   */
  SqlLexer(int tokens) {
    int size = Math.max(FEWEST_TOKENS, tokens);
    kinds = new byte[size];
    starts = new int[size];
    ends = new int[size];
    depths = new int[size];
  }

  /** The number of tokens of the statement, including the final {@code ;}. */
  int count() {
    return count;
  }

  byte kind(int token) {
    return kinds[token];
  }

  /** The position of a token's first byte, counted from the first byte of the statement. */
  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** How many parentheses and brackets enclose a token. They do not enclose themselves. */
  int depth(int token) {
    return depths[token];
  }

  /** Why a scan returned {@link #INVALID}. It never contains text of the statement. */
  String problem() {
    return problem;
  }

  /** The position of the problem in the scanned array. */
  int problemAt() {
    return problemAt;
  }

  /**
   * Scans the statement that begins at {@code start}.
   *
   * @param escapes whether backslashes escape in plain strings, which is the case if
   *     standard_conforming_strings is off
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
          // No statement of a function body ends inside CASE ... END, so "case" was a label here.
          // psql and the server would not agree on the end of the body.
          return invalid("a semicolon inside CASE", at);
        }
      }
      at = token(at);
    }
    return at < 0 ? at : MORE;
  }

  /** Reads one token, comment or blank. Returns the position of the next one. */
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
      case '\\' -> invalid("a backslash command", at);
      default -> {
        if (SqlQuotes.isLetter(c)) {
          yield word(at);
        }
        if (SqlQuotes.isDigit(c)) {
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
    while (end < to && SqlQuotes.isWordPart(bytes[end])) {
      end++;
    }
    if (end + 1 >= to) {
      // The next two bytes show whether the word is the prefix of a string. A complete statement
      // ends
      // in ";", so only the word right before the last ";" has to be scanned again.
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

  /** A lone CR is refused: psql ends a comment there, so a command could follow it on the line. */
  private int carriageReturn(int at) {
    if (at + 1 == to) {
      return MORE;
    }
    return bytes[at + 1] == '\n'
        ? at + 2
        : invalid("a carriage return without a line feed, outside of quotes", at);
  }

  /** Reads a string after a one-letter prefix. Returns {@code end} if there is none. */
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
   * Follows the body of a routine that begins with BEGIN ATOMIC and contains semicolons. Inside it,
   * END closes a CASE or the body itself. psql counts every unquoted {@code begin}, so {@link
   * PsqlReading} quotes the ones that are names. Thus psql agrees with the server.
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

  /** Whether this word, which is the last token, is ATOMIC right after BEGIN. */
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

  /** Reads {@code 1}, {@code 1.5} or {@code 1.5e-10}. Letters or a quote must not follow it. */
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
    if (SqlQuotes.isLetter(next) || next == '\'' || next == '"' || next == '$') {
      return oddNumber(at);
    }
    add(NUMBER, at, end);
    return end;
  }

  private int digits(int from) {
    int end = from;
    while (end < to && SqlQuotes.isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  /** The versions of psql split {@code 1E'..'}, {@code 1a$$..$$} and {@code 1E--..} differently. */
  private int oddNumber(int at) {
    return invalid("a number that is followed by letters or a quote", at);
  }

  /** Reads a quoted token that begins at {@code at} and whose opening quote is at {@code open}. */
  private int quoted(byte kind, int at, int open, boolean escapes) {
    int end = SqlQuotes.closing(bytes, open, to, escapes);
    while (end > 0 && escapes) {
      // 'a' <newline> 'b' is one string, and the escapes of the first part apply to the second.
      int next = continuation(end);
      if (next < 0 || bytes[next] != '\'') {
        if (next < 0) {
          return MORE;
        }
        break;
      }
      end = SqlQuotes.closing(bytes, next, to, true);
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
   * Whether a string has backslashes that prevent {@link PsqlReading} from writing it as {@code
   * E'..'}. That is the case in {@code N'..'}, and if a part of {@code 'a' <newline> 'b'} has them:
   * these parts are two tokens here if backslashes do not escape.
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

  /**
   * {@code B'..'} and {@code X'..'} end at the next quote. A doubled quote has no meaning there.
   */
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

  /** The position where the next part of a string could begin: after blanks with a newline. */
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
    int end = SqlQuotes.dollarQuoteEnd(bytes, at, to);
    if (end == at) {
      return symbol(at);
    }
    if (end != MORE) {
      add(STRING, at, end);
    }
    return end;
  }

  private int lineComment(int at) {
    return SqlQuotes.lineCommentEnd(bytes, at, to);
  }

  private int blockComment(int at) {
    return SqlQuotes.blockCommentEnd(bytes, at, to);
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

  /** Whether the bytes are this ASCII word, which is given in lower case. */
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
   * An unquoted identifier or keyword as the server reads it. Only ASCII letters become lower case,
   * as in downcase_identifier (scansup.c) in a UTF-8 database.
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
}
