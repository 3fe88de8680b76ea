package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.nio.charset.StandardCharsets;

/**
 * The DDL that a scratch database runs: what travels, made cheaper (UNLOGGED) and without what its
 * server may lack (compression methods).
 */
public final class ScratchDdl {
  private ScratchDdl() {}

  /**
   * A statement as a scratch database runs it, or an empty text where it runs none.
   *
   * @param unlogged make tables UNLOGGED. Partitioned tables stay as they are: PostgreSQL 18
   *     refuses them UNLOGGED. As they are then permanent, a foreign key of theirs cannot refer to
   *     an UNLOGGED table
   */
  public static String forScratch(Statement statement, boolean unlogged) {
    if (statement.kind().scratch() == StatementKind.Scratch.NEVER) {
      return "";
    }
    byte[] text = Skeleton.travelling(statement);
    return new String(
        statement.kind() == StatementKind.TABLE ? table(statement, text, unlogged) : text,
        StandardCharsets.UTF_8);
  }

  /** Whether it is a CREATE TABLE with PARTITION BY of its own. */
  public static boolean partitioned(Statement statement) {
    return statement.kind() == StatementKind.TABLE && partitioned(StatementTokens.of(statement));
  }

  private static boolean partitioned(StatementTokens tokens) {
    for (int i = 3; i < tokens.count(); i++) {
      if (tokens.depth(i) == 0 && tokens.isWord(i, "partition") && tokens.isWord(i + 1, "by")) {
        return true;
      }
    }
    return false;
  }

  private static byte[] table(Statement statement, byte[] text, boolean unlogged) {
    StatementTokens tokens = StatementTokens.of(text, statement.backslashEscapes());
    TextCuts cuts = new TextCuts(text, tokens);
    boolean already = tokens.isWord(1, "unlogged");
    if (partitioned(tokens)) {
      if (already) {
        cuts.cut(1, 1);
      }
    } else if (unlogged && !already) {
      cuts.insertAfter(0, " UNLOGGED");
    }
    cutCompression(tokens, cuts);
    return cuts.result();
  }

  /** COMPRESSION method of a column; the name of a column or a constraint may be the same word. */
  private static void cutCompression(StatementTokens tokens, TextCuts cuts) {
    for (int i = 3; i < tokens.count(); i++) {
      boolean clause =
          tokens.depth(i) == 1
              && tokens.isWord(i, "compression")
              && tokens.isIdentifier(i + 1)
              && !tokens.isSymbol(i - 1, '(')
              && !tokens.isSymbol(i - 1, ',')
              && !tokens.isSymbol(i - 1, '.')
              && !tokens.isWord(i - 1, "constraint");
      if (clause) {
        cuts.cut(i, i + 1);
        i++;
      }
    }
  }
}
