package dev.decant.dump;

import dev.decant.copy.Bytes;
import dev.decant.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the tokens of one statement. The {@code accept} methods move past the tokens that
 * they name, or do not move and return false.
 */
final class StatementTokens {
  /** The approximate size of a token and the blank before it. */
  private static final int BYTES_PER_TOKEN = 6;

  private final SqlLexer lexer;
  private final byte[] text;
  private final int from;
  private int at;

  /** Uses the tokens of a lexer that has scanned the statement at {@code from} of the text. */
  StatementTokens(SqlLexer lexer, byte[] text, int from) {
    this.lexer = lexer;
    this.text = text;
    this.from = from;
  }

  /** The tokens of a statement. */
  static StatementTokens of(DumpPart.Statement statement) {
    return of(statement.text(), statement.backslashEscapes());
  }

  /** The tokens of the text of one statement. */
  static StatementTokens of(byte[] text, boolean backslashEscapes) {
    SqlLexer lexer = new SqlLexer(text.length / BYTES_PER_TOKEN);
    lexer.scan(text, 0, text.length, backslashEscapes);
    return new StatementTokens(lexer, text, 0);
  }

  /** The tokens of a text that may lack the final {@code ;}, without which the last one is lost. */
  static StatementTokens of(String sql) {
    return of((sql + ';').getBytes(StandardCharsets.UTF_8), false);
  }

  int count() {
    return lexer.count();
  }

  int at() {
    return at;
  }

  void at(int token) {
    at = token;
  }

  int start(int token) {
    return lexer.start(token);
  }

  int end(int token) {
    return lexer.end(token);
  }

  int depth(int token) {
    return lexer.depth(token);
  }

  byte kind(int token) {
    return lexer.kind(token);
  }

  boolean isWord(int token, String lower) {
    return token < lexer.count()
        && lexer.kind(token) == SqlLexer.WORD
        && SqlLexer.equalsIgnoreCase(
            text, from + lexer.start(token), from + lexer.end(token), lower);
  }

  /** Whether the next token is one of the words, which are in lower case. */
  boolean isWordOf(Set<String> lower) {
    return at < lexer.count()
        && lexer.kind(at) == SqlLexer.WORD
        && lower.contains(SqlLexer.folded(source(at)));
  }

  boolean isSymbol(int token, char symbol) {
    return token < lexer.count()
        && lexer.kind(token) == SqlLexer.SYMBOL
        && text[from + lexer.start(token)] == symbol;
  }

  boolean isIdentifier(int token) {
    return token < lexer.count()
        && (lexer.kind(token) == SqlLexer.WORD || lexer.kind(token) == SqlLexer.QUOTED);
  }

  /** Moves past all the words, or past none of them. */
  boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!isWord(at + i, words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  boolean acceptAny(String... words) {
    for (String word : words) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  boolean acceptSymbol(char symbol) {
    if (!isSymbol(at, symbol)) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether only the final {@code ;} is left. */
  boolean atEnd() {
    return at == lexer.count() - 1;
  }

  /** Moves past an identifier and returns it unquoted, or returns null. */
  @Nullable String identifier() {
    return isIdentifier(at) ? unquoted(at++) : null;
  }

  /** Moves past {@code a} or {@code a.b} and returns it for a message, or an empty text. */
  String name() {
    StringBuilder name = new StringBuilder();
    String part = identifier();
    while (part != null) {
      name.append(name.isEmpty() ? "" : ".").append(TableName.quoted(part));
      part = acceptSymbol('.') ? identifier() : null;
    }
    return name.toString();
  }

  /** Finds a word outside parentheses from {@code token} on, or returns -1. */
  int find(int token, String lower) {
    for (int i = token; i < lexer.count(); i++) {
      if (lexer.depth(i) == 0 && isWord(i, lower)) {
        return i;
      }
    }
    return -1;
  }

  boolean has(String lower) {
    return find(at, lower) >= 0;
  }

  /** The token that closes the parenthesis at {@code open}. */
  int closing(int open) {
    int i = open + 1;
    while (i < lexer.count() && (lexer.depth(i) > lexer.depth(open) || !isSymbol(i, ')'))) {
      i++;
    }
    return i;
  }

  /** The content of a plain string constant, or null for another token. */
  @Nullable String plainString(int token) {
    if (token >= lexer.count() || lexer.kind(token) != SqlLexer.STRING) {
      return null;
    }
    String quoted = source(token);
    return quoted.startsWith("'")
        ? quoted.substring(1, quoted.length() - 1).replace("''", "'")
        : null;
  }

  /** The text from the first to the last of these tokens as it stands in the source. */
  String between(int first, int last) {
    int start = lexer.start(first);
    int end = lexer.end(Math.min(last, lexer.count() - 1));
    return new String(text, from + start, end - start, StandardCharsets.UTF_8);
  }

  /** The value of a string constant of any form, or null for another token. */
  @Nullable String constant(int token, boolean backslashEscapes) {
    if (token >= lexer.count() || lexer.kind(token) != SqlLexer.STRING) {
      return null;
    }
    byte[] quoted = (source(token) + ";;;").getBytes(StandardCharsets.UTF_8);
    SqlCursor cursor = new SqlCursor();
    cursor.set(quoted, 0, quoted.length);
    SqlStrings strings = new SqlStrings(cursor);
    strings.backslashEscapes = backslashEscapes;
    Bytes value = new Bytes(64);
    return strings.read(value) == null
        ? new String(value.array(), 0, value.length(), StandardCharsets.UTF_8)
        : null;
  }

  /** The text of a token as it stands in the source. */
  String source(int token) {
    int start = lexer.start(token);
    return new String(text, from + start, lexer.end(token) - start, StandardCharsets.UTF_8);
  }

  private String unquoted(int token) {
    String source = source(token);
    if (lexer.kind(token) == SqlLexer.WORD) {
      return SqlLexer.folded(source);
    }
    return source.substring(1, source.length() - 1).replace("\"\"", "\"");
  }
}
