package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a statement that can hold a value of a row: its string constants and its comments.
 * Its names, keywords and numbers are left out. The body of a function in SQL or PL/pgSQL is
 * divided in the same way, because a name in it, such as that of a column {@code price}, is not the
 * value of somebody who has this name. The body of a function in another language is one part.
 */
public final class StatementTexts {
  /** The languages whose tokens are those of SQL. */
  private static final Set<String> LIKE_SQL = Set.of("sql", "plpgsql");

  /** Receives a part of a text of SQL. */
  @FunctionalInterface
  public interface Receiver {
    void text(byte[] sql, int from, int to);
  }

  private StatementTexts() {}

  /** Passes each part to the receiver, in their order. */
  public static void of(DumpPart.Statement statement, Receiver receiver) {
    byte[] text = statement.text();
    StatementTokens tokens = StatementTokens.of(statement);
    int body = body(statement.kind(), tokens);
    int end = 0;
    for (int token = 0; token < tokens.count(); token++) {
      comment(text, end, tokens.start(token), receiver);
      end = tokens.end(token);
      if (tokens.kind(token) == SqlLexer.STRING) {
        if (token != body || !body(tokens, body, statement.backslashEscapes(), receiver)) {
          receiver.text(text, tokens.start(token), end);
        }
      }
    }
    comment(text, end, text.length, receiver);
  }

  /** The token with the body of a function whose tokens are those of SQL, or -1. */
  private static int body(StatementKind kind, StatementTokens tokens) {
    boolean routine = kind == StatementKind.FUNCTION || kind == StatementKind.PROCEDURE;
    int as = routine ? tokens.find(0, "as") : -1;
    boolean known = as >= 0 && !tokens.isSymbol(as + 2, ',');
    return known && LIKE_SQL.contains(language(tokens)) ? as + 1 : -1;
  }

  private static String language(StatementTokens tokens) {
    int language = tokens.find(0, "language");
    if (language < 0) {
      return "";
    }
    @Nullable String plain = tokens.plainString(language + 1);
    tokens.at(language + 1);
    @Nullable String name = plain == null ? tokens.identifier() : plain;
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  /** Returns false, without having passed a part, if the body does not end with a whole token. */
  private static boolean body(
      StatementTokens tokens, int body, boolean backslashEscapes, Receiver receiver) {
    @Nullable String value = tokens.constant(body, backslashEscapes);
    if (value == null) {
      return false;
    }
    // The lexer recognizes the last token of a text only if a semicolon follows.
    byte[] sql = (value + "\n;").getBytes(StandardCharsets.UTF_8);
    return parts(sql, backslashEscapes, (text, from, to) -> {})
        && parts(sql, backslashEscapes, receiver);
  }

  private static boolean parts(byte[] sql, boolean backslashEscapes, Receiver receiver) {
    SqlLexer lexer = new SqlLexer();
    for (int at = 0; at < sql.length; ) {
      int next = lexer.scan(sql, at, sql.length, backslashEscapes);
      if (next < 0) {
        return false;
      }
      int end = at;
      for (int token = 0; token < lexer.count(); token++) {
        comment(sql, end, at + lexer.start(token), receiver);
        end = at + lexer.end(token);
        if (lexer.kind(token) == SqlLexer.STRING) {
          receiver.text(sql, at + lexer.start(token), end);
        }
      }
      at = next;
    }
    return true;
  }

  /** The text between two tokens is a comment if it is more than blanks. */
  private static void comment(byte[] text, int from, int to, Receiver receiver) {
    for (int i = from; i < to; i++) {
      if (text[i] == '-' || text[i] == '/') {
        receiver.text(text, i, to);
        return;
      }
    }
  }
}
