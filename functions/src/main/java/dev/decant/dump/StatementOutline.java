package dev.decant.dump;

/**
 * A statement's words without what it quotes and computes: one space between tokens, strings
 * (bodies between dollars too) as {@code ''}, quoted identifiers as {@code ""}, nothing of what
 * stands in deeper parentheses, no comments. {@code b integer GENERATED ALWAYS AS ( ) STORED} is
 * left of a generated column in CREATE TABLE, to depth 1. For telling what a statement uses, not
 * for running.
 */
public final class StatementOutline {
  private StatementOutline() {}

  /**
   * The outline of one statement.
   *
   * @param depth how many parentheses may stand around a token
   */
  public static String of(DumpPart.Statement statement, int depth) {
    StatementTokens tokens = StatementTokens.of(statement);
    StringBuilder outline = new StringBuilder();
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.depth(i) <= depth) {
        outline.append(outline.isEmpty() ? "" : " ");
        outline.append(
            switch (tokens.kind(i)) {
              case SqlLexer.STRING -> "''";
              case SqlLexer.QUOTED -> "\"\"";
              default -> tokens.source(i);
            });
      }
    }
    return outline.toString();
  }
}
