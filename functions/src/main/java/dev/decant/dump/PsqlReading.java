package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.io.ByteArrayOutputStream;

/**
 * Makes psql read a statement as the server does. Three things differ:
 *
 * <ul>
 *   <li>psql asks the server whether a backslash escapes the quote behind it, and a function of the
 *       dump may change the answer on the way. Plain strings where that matters are written as
 *       {@code E'…'}, which reads the same always.
 *   <li>psql replaces {@code :name} by a variable of its own outside of quotes, where one has that
 *       name, so that {@code a[1:n]} would depend on who restores. A blank after the colon prevents
 *       it.
 *   <li>psql takes each {@code begin} outside of quotes in CREATE FUNCTION for the begin of a body
 *       that holds semicolons; a name of that spelling is quoted. pg_dump does not quote it, as it
 *       is no reserved word.
 * </ul>
 *
 * <p>A text that holds none of them stays as it is, byte for byte.
 */
final class PsqlReading {
  private PsqlReading() {}

  /** The statement with this text instead of its own, changed where psql would misread it. */
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

  /** Answers the last token of the operator that begins with this colon: {@code :: := :}. */
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

  /** A plain string that would end elsewhere if backslashes escaped, or did not. */
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
