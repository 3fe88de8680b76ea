package dev.decant.dump;

import dev.decant.schema.SqlQuotes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over SQL text of which only a part is in the window. Reading past the window throws
 * {@link WindowEnd}; the caller then makes the window larger and reads the same text again. Keeping
 * the whole statement, as {@link SqlLexer} does, is not possible for an INSERT of many rows.
 */
final class SqlCursor {
  /** Thrown for control flow, at most once for each part of the stream. It has no stack trace. */
  static final class WindowEnd extends RuntimeException {
    private static final long serialVersionUID = 1;

    WindowEnd() {
      super(null, null, false, false);
    }
  }

  byte[] bytes = new byte[0];
  int at;
  int to;

  void set(byte[] text, int from, int limit) {
    bytes = text;
    at = from;
    to = limit;
  }

  byte peek() {
    return peek(at);
  }

  byte peek(int position) {
    if (position >= to) {
      throw new WindowEnd();
    }
    return bytes[position];
  }

  /** Moves past blanks and comments. */
  void skipBlanks() {
    while (true) {
      byte c = peek();
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b) {
        at++;
      } else if (c == '-' && peek(at + 1) == '-') {
        at = inWindow(SqlQuotes.lineCommentEnd(bytes, at, to));
      } else if (c == '/' && peek(at + 1) == '*') {
        at = inWindow(SqlQuotes.blockCommentEnd(bytes, at, to));
      } else {
        return;
      }
    }
  }

  byte peekAfterBlanks() {
    skipBlanks();
    return peek();
  }

  /** Throws if a search of {@link SqlQuotes} found the end of the window. */
  static int inWindow(int position) {
    if (position == SqlQuotes.MORE) {
      throw new WindowEnd();
    }
    return position;
  }

  /** Moves past blanks and this symbol, or past the blanks only. */
  boolean accept(char symbol) {
    skipBlanks();
    if (peek() != symbol) {
      return false;
    }
    at++;
    return true;
  }

  /** The end of the word that begins at {@link #at}, or {@link #at} if none begins there. */
  int wordEnd() {
    int end = at;
    if (SqlQuotes.isLetter(peek())) {
      do {
        end++;
      } while (SqlQuotes.isWordPart(peek(end)));
    }
    return end;
  }

  /** Moves past blanks and all of these words in lower case, or past none of the words. */
  boolean accept(String... words) {
    int start = at;
    for (String word : words) {
      skipBlanks();
      int end = wordEnd();
      if (!SqlLexer.equalsIgnoreCase(bytes, at, end, word)) {
        at = start;
        return false;
      }
      at = end;
    }
    return true;
  }

  /** Moves past blanks and an identifier and returns it unquoted, or returns null. */
  @Nullable String identifier() {
    skipBlanks();
    int start = at;
    if (peek() == '"') {
      at = inWindow(SqlQuotes.closing(bytes, at, to, false));
      return text(start + 1, at - 1).replace("\"\"", "\"");
    }
    int end = wordEnd();
    if (end == start || peek(end) == '\'' || peek(end) == '&') {
      return null;
    }
    at = end;
    return SqlLexer.folded(text(start, end));
  }

  private String text(int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
