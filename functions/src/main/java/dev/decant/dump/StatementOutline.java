package dev.decant.dump;

/**
 * The words of a statement without its literals and expressions. There is one space between tokens.
 * Strings, including dollar-quoted ones, become {@code ''}, and quoted identifiers become {@code
 * ""}. Comments and the contents of deeper parentheses are left out: with depth 1, a generated
 * column becomes {@code b integer GENERATED ALWAYS AS ( ) STORED}. The outline shows which features
 * a statement uses; it cannot be run.
 */
public final class StatementOutline {
  private StatementOutline() {}

  /**
   * The outline of one statement.
   *
   * @param depth how many parentheses may enclose a token
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
