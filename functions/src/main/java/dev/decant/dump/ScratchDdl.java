package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The DDL that a scratch database runs: what travels, made cheaper (UNLOGGED) and without what its
 * server may lack (compression methods) or its role may not create (access methods of tables: which
 * rows there are does not depend on how they are stored).
 */
public final class ScratchDdl {
  /** The access method that every server has. */
  private static final String HEAP = "SET default_table_access_method = heap";

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
    Optional<String> onHeap = onHeap(statement);
    if (onHeap.isPresent()) {
      return onHeap.get();
    }
    byte[] text = Skeleton.travelling(statement);
    return new String(
        statement.kind() == StatementKind.TABLE ? table(statement, text, unlogged) : text,
        StandardCharsets.UTF_8);
  }

  /**
   * What to run in place of a statement that chooses how tables are stored, so that they are stored
   * as usual; an empty text for nothing. Empty where a statement chooses no such thing.
   */
  public static Optional<String> onHeap(Statement statement) {
    return isOfAccessMethod(statement)
        ? Optional.of(statement.kind() == StatementKind.SETTING ? HEAP : "")
        : Optional.empty();
  }

  /** {@code SET default_table_access_method = …}, {@code ALTER TABLE … SET ACCESS METHOD …}. */
  private static boolean isOfAccessMethod(Statement statement) {
    return switch (statement.kind()) {
      case SETTING -> StatementTokens.of(statement).isWord(1, "default_table_access_method");
      case TABLE_SETTING -> {
        StatementTokens tokens = StatementTokens.of(statement);
        int access = tokens.find(0, "access");
        yield access > 0 && tokens.isWord(access - 1, "set") && tokens.isWord(access + 1, "method");
      }
      default -> false;
    };
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
