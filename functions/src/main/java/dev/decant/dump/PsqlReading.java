package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.io.ByteArrayOutputStream;

/**
 * Makes psql read a statement in the same way as the server. Without it, three things differ:
 *
 * <ul>
 *   <li>Whether a backslash escapes the quote after it depends on a setting of the server, which a
 *       function of the dump may change during the restore. A plain string for which this matters
 *       is written as {@code E'…'}, which always has the same meaning.
 *   <li>Outside quotes, psql replaces {@code :name} by the value of its variable of that name, if
 *       there is one. So the meaning of {@code a[1:n]} would depend on the person who restores. A
 *       blank after the colon prevents this.
 *   <li>In CREATE FUNCTION, psql takes each unquoted {@code begin} for the beginning of a body with
 *       semicolons. A name that is spelled like this is quoted. pg_dump does not quote it because
 *       it is not a reserved word.
 * </ul>
 *
 * <p>Other text is not changed.
 */
final class PsqlReading {
  private PsqlReading() {}

  /** The given text of the statement, changed where psql would misread it. */
  static byte[] of(Statement statement, byte[] text) {
    boolean routine =
        statement.kind() == StatementKind.FUNCTION || statement.kind() == StatementKind.PROCEDURE;
    if (!routine && !hasColon(text) && !hasQuotedBackslash(text, 0, text.length)) {
      return text;
    }
    StatementTokens tokens = StatementTokens.of(text, statement.backslashEscapes());
    TextCuts cuts = new TextCuts(text, tokens);
    boolean inBody = false;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isSymbol(i, ':')) {
        i = colon(tokens, i, cuts);
      } else if (tokens.kind(i) == SqlLexer.STRING) {
        string(text, tokens, i, cuts, statement.backslashEscapes());
      } else if (routine && i > 0 && tokens.isWord(i, "begin")) {
        boolean opens = !inBody && tokens.depth(i) == 0 && tokens.isWord(i + 1, "atomic");
        inBody |= opens;
        if (!opens) {
          cuts.replace(i, "\"begin\"");
        }
      }
    }
    return cuts.result();
  }

  /** Returns the last token of the operator that begins with this colon: {@code :: := :}. */
  private static int colon(StatementTokens tokens, int at, TextCuts cuts) {
    boolean adjacent = at + 1 < tokens.count() && tokens.start(at + 1) == tokens.end(at);
    if (adjacent && (tokens.isSymbol(at + 1, ':') || tokens.isSymbol(at + 1, '='))) {
      return at + 1;
    }
    boolean variable =
        adjacent
            && (tokens.kind(at + 1) != SqlLexer.SYMBOL
                || tokens.isSymbol(at + 1, '{')
                || tokens.isSymbol(at + 1, '$'));
    if (variable) {
      cuts.insertAfter(at, " ");
    }
    return at;
  }

  /** Rewrites a plain string whose end depends on whether backslashes escape. */
  private static void string(
      byte[] text, StatementTokens tokens, int at, TextCuts cuts, boolean escapes) {
    int start = tokens.start(at);
    int end = tokens.end(at);
    if (text[start] != '\'' || !hasQuotedBackslash(text, start, end)) {
      return;
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream(end - start + 16);
    if (tokens.end(at - 1) == start
        && (tokens.kind(at - 1) == SqlLexer.WORD || tokens.isSymbol(at - 1, '$'))) {
      written.write(' ');
    }
    written.write('E');
    for (int i = start; i < end; i++) {
      written.write(text[i]);
      if (text[i] == '\\' && !escapes) {
        written.write('\\');
      }
    }
    cuts.replace(at, written.toByteArray());
  }

  private static boolean hasQuotedBackslash(byte[] text, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (text[i] == '\'' && text[i - 1] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasColon(byte[] text) {
    for (byte b : text) {
      if (b == ':') {
        return true;
      }
    }
    return false;
  }
}
