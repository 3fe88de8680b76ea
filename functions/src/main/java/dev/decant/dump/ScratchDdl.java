package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The DDL that a scratch database runs. It is the DDL of the output with these changes: tables are
 * UNLOGGED, which makes loading cheaper; compression methods of columns are left out, because the
 * server may lack them; so is the storage of columns in CREATE TABLE, which a database without
 * TOAST tables refuses; and access methods of tables are left out, because the role may not create
 * them. None of this changes which rows the tables have.
 */
public final class ScratchDdl {
  /** The access method that every server has. */
  private static final String HEAP = "SET default_table_access_method = heap";

  private ScratchDdl() {}

  /**
   * A statement as a scratch database runs it, or an empty text if it does not run the statement.
   *
   * @param unlogged whether tables become UNLOGGED. Partitioned tables do not, because PostgreSQL
   *     18 refuses that. They are permanent then, and a foreign key of a permanent table cannot
   *     refer to an UNLOGGED table
   */
  public static String forScratch(Statement statement, boolean unlogged) {
    if (statement.kind().scratch() == StatementKind.Scratch.NEVER) {
      return "";
    }
    Optional<String> onHeap = onHeap(statement);
    if (onHeap.isPresent()) {
      return onHeap.get();
    }
    byte[] text = Skeleton.published(statement);
    return statement.withSearchPath(
        new String(
            statement.kind() == StatementKind.TABLE ? table(statement, text, unlogged) : text,
            StandardCharsets.UTF_8));
  }

  /**
   * As {@link #forScratch}, for a database that may lack the indexes that cannot reject a row. An
   * index is attached only if it exists.
   */
  public static String withoutSomeIndexes(Statement statement, boolean unlogged) {
    String sql = forScratch(statement, unlogged);
    if (statement.kind() != StatementKind.INDEX_ATTACH) {
      return sql;
    }
    String index = statement.object().substring(statement.object().indexOf(' ') + 1);
    return "DO $decant_do$BEGIN IF pg_catalog.to_regclass($decant_name$"
        + index
        + "$decant_name$) IS NOT NULL THEN EXECUTE $decant_sql$"
        + sql
        + "$decant_sql$; END IF; END$decant_do$";
  }

  /**
   * The SQL that replaces a statement that chooses the access method of tables, so that tables use
   * the heap. The SQL is an empty text if nothing needs to run. The result is empty for any other
   * statement.
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

  /** Whether the statement is a CREATE TABLE with PARTITION BY. */
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
    cutStorage(tokens, cuts);
    return cuts.result();
  }

  /** Cuts {@code COMPRESSION method} and {@code STORAGE kind} of columns. */
  private static void cutStorage(StatementTokens tokens, TextCuts cuts) {
    for (int i = 3; i < tokens.count(); i++) {
      boolean clause =
          (tokens.isWord(i, "compression") || tokens.isWord(i, "storage"))
              && tokens.isIdentifier(i + 1)
              && isAfterType(tokens, i);
      if (clause) {
        cuts.cut(i, i + 1);
        i++;
      }
    }
  }

  /**
   * Whether a word comes after the type of a column. Columns, types and constraints may also be
   * named {@code compression} or {@code storage}, and so are options of LIKE.
   */
  private static boolean isAfterType(StatementTokens tokens, int word) {
    return tokens.depth(word) == 1
        && !beginsColumn(tokens, word - 1)
        && !beginsColumn(tokens, word - 2)
        && !tokens.isSymbol(word - 1, '.')
        && !tokens.isWord(word - 1, "constraint")
        && !tokens.isWord(word - 1, "including")
        && !tokens.isWord(word - 1, "excluding");
  }

  private static boolean beginsColumn(StatementTokens tokens, int before) {
    return tokens.isSymbol(before, '(') || tokens.isSymbol(before, ',');
  }
}
