package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;

/**
 * Makes psql read a statement as the server does. Two things differ, both outside of quotes:
 *
 * <ul>
 *   <li>psql replaces {@code :name} by a variable of its own where one has that name, so that
 *       {@code a[1:n]} would depend on who restores. A blank after the colon prevents it.
 *   <li>psql takes each {@code begin} in CREATE FUNCTION for the begin of a body that holds
 *       semicolons; a name of that spelling is quoted. pg_dump does not quote it, as it is no
 *       reserved word.
 * </ul>
 *
 * <p>A text that holds neither stays as it is, byte for byte.
 */
final class PsqlReading {
  private PsqlReading() {}

  /** The statement with this text instead of its own, changed where psql would misread it. */
  static byte[] of(Statement statement, byte[] text) {
    boolean routine =
        statement.kind() == StatementKind.FUNCTION || statement.kind() == StatementKind.PROCEDURE;
    if (!routine && !hasColon(text)) {
      return text;
    }
    StatementTokens tokens = StatementTokens.of(text, statement.backslashEscapes());
    TextCuts cuts = new TextCuts(text, tokens);
    boolean inBody = false;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.isSymbol(i, ':')) {
        i = colon(tokens, i, cuts);
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

  private static boolean hasColon(byte[] text) {
    for (byte b : text) {
      if (b == ':') {
        return true;
      }
    }
    return false;
  }
}
