package dev.decant.dump;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.DecantException;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements that affect the rows that are loaded after them: a trigger or a rule may change or
 * drop rows, a foreign key refuses rows whose parent rows are loaded later, and row security
 * refuses COPY. pg_dump writes them after all rows, and so does decant ({@link PostData}). If a
 * dump has a trigger or a rule before rows of its table, psql would run it for them, so the result
 * of psql would have other rows than the dump.
 */
public final class ActsOnRows {
  private final Map<TableName, Statement> byTable = new HashMap<>();
  private final Map<TableName, TableName> parents = new HashMap<>();

  /** The first trigger or rule whose table is not known, or null. */
  private @Nullable Statement anywhere;

  /** Remembers a statement that precedes rows. */
  public void add(Statement statement) {
    StatementTables.attached(statement).ifPresent(a -> parents.put(a.partition(), a.parent()));
    switch (statement.kind()) {
      case TRIGGER -> add(statement, "on");
      case RULE -> add(statement, "to");
      default -> {}
    }
  }

  private void add(Statement statement, String before) {
    StatementTokens tokens = StatementTokens.of(statement);
    tokens.at(tokens.find(2, before) + 1);
    Optional<TableName> table = StatementTables.name(tokens);
    table.ifPresent(name -> byTable.putIfAbsent(name, statement));
    anywhere = table.isEmpty() && anywhere == null ? statement : anywhere;
  }

  /**
   * Throws if one of the statements may change the rows of a block.
   *
   * @throws DecantException {@link dev.decant.error.ErrorCode#INPUT_UNSUPPORTED}
   */
  public void refuse(CopyStart rows) {
    @Nullable Statement found = anywhere;
    for (TableName at = rows.table(); at != null && found == null; at = parents.get(at)) {
      found = byTable.get(at);
    }
    if (found != null) {
      throw DumpProblem.unsupported(
          found.line(),
          found.object()
              + " is a trigger or a rule and stands before rows of its table, so a restore could"
              + " change or lose rows. Make the dump with pg_dump, which writes such statements"
              + " after all rows.");
    }
  }

  /** FORCE ROW LEVEL SECURITY, which pg_dump writes before rows, has no effect without ENABLE. */
  static boolean is(Statement statement) {
    return switch (statement.kind()) {
      case TRIGGER, RULE, FOREIGN_KEY -> true;
      case ROW_SECURITY -> {
        StatementTokens tokens = StatementTokens.of(statement);
        int row = tokens.find(0, "row");
        yield row < 1 || !tokens.isWord(row - 1, "force");
      }
      default -> false;
    };
  }
}
