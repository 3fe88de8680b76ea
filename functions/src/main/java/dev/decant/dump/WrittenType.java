package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a type as a statement writes it.
 *
 * @param schema unquoted; null if the statement names none
 * @param name unquoted
 * @param modifiers the type modifiers with their parentheses, for example {@code (384)}, or an
 *     empty text
 */
public record WrittenType(@Nullable String schema, String name, String modifiers) {
  /**
   * The type whose name begins at a position of a statement, or the type of an array there.
   *
   * @param position in characters, from 1, as the server reports the place of an error
   */
  public static Optional<WrittenType> at(String sql, int position) {
    StatementTokens tokens = StatementTokens.of(sql);
    int token = token(tokens, sql, position);
    return token < 0 ? Optional.empty() : at(tokens, token);
  }

  /** Whether {@code ::} or {@code AS} precedes a position of a statement. */
  public static boolean isCast(String sql, int position) {
    StatementTokens tokens = StatementTokens.of(sql);
    int token = token(tokens, sql, position);
    return token > 0 && (tokens.isSymbol(token - 1, ':') || tokens.isWord(token - 1, "as"));
  }

  /** The type whose name begins at a token. */
  static Optional<WrittenType> at(StatementTokens tokens, int token) {
    tokens.at(token);
    @Nullable String first = tokens.identifier();
    if (first == null) {
      return Optional.empty();
    }
    @Nullable String second = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    int open = tokens.at();
    String modifiers = "";
    if (tokens.isSymbol(open, '(')) {
      int close = tokens.closing(open);
      modifiers = tokens.between(open, close);
      tokens.at(close + 1);
    }
    return Optional.of(
        second == null
            ? new WrittenType(null, first, modifiers)
            : new WrittenType(first, second, modifiers));
  }

  /** The token at a position of the statement, or -1. */
  static int token(StatementTokens tokens, String sql, int position) {
    if (position < 1 || position > sql.codePointCount(0, sql.length())) {
      return -1;
    }
    int offset = sql.substring(0, sql.offsetByCodePoints(0, position - 1)).getBytes(UTF_8).length;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.end(i) > offset) {
        return tokens.start(i) <= offset ? i : -1;
      }
    }
    return -1;
  }

  /** The name without its modifiers in double quotes, for statements that decant writes. */
  public String sql() {
    return (schema == null ? "" : TableName.alwaysQuoted(schema) + '.')
        + TableName.alwaysQuoted(name);
  }

  /** The name as people read it, with its modifiers. */
  @Override
  public String toString() {
    return object() + modifiers;
  }

  /** The name as people read it, without its modifiers. */
  public String object() {
    return (schema == null ? "" : TableName.quoted(schema) + '.') + TableName.quoted(name);
  }
}
