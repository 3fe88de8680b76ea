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
 * Statements that affect the rows that are loaded after them: a trigger may drop rows, a foreign
 * key refuses rows whose parent rows are loaded later, and row security refuses COPY. pg_dump
 * writes them after all rows, and a scratch database also runs them after the rows. If a table had
 * them before its rows, a restore could give another result than the verification.
 */
public final class ActsOnRows {
  private final Map<TableName, Statement> byTable = new HashMap<>();
  private final Map<TableName, TableName> parents = new HashMap<>();

  /** The first of these statements whose table is not known, or null. */
  private @Nullable Statement anywhere;

  /** Remembers a statement that precedes rows. */
  public void add(Statement statement) {
    StatementTables.attached(statement).ifPresent(a -> parents.put(a.partition(), a.parent()));
    if (!is(statement)) {
      return;
    }
    Optional<TableName> table = table(statement);
    table.ifPresent(name -> byTable.putIfAbsent(name, statement));
    anywhere = table.isEmpty() && anywhere == null ? statement : anywhere;
  }

  /**
   * Throws if one of the statements affects the rows of a block.
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
              + " is a trigger, a foreign key or row security and stands before rows of its table,"
              + " so a restore could lose rows or fail. Make the dump with pg_dump, which writes"
              + " such statements after all rows.");
    }
  }

  private static Optional<TableName> table(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    if (statement.kind() != StatementKind.TRIGGER) {
      return StatementTables.altered(tokens);
    }
    tokens.at(tokens.find(0, "on") + 1);
    return StatementTables.name(tokens);
  }

  /** FORCE ROW LEVEL SECURITY, which pg_dump writes before rows, has no effect without ENABLE. */
  private static boolean is(Statement statement) {
    return switch (statement.kind()) {
      case TRIGGER, FOREIGN_KEY -> true;
      case ROW_SECURITY -> {
        StatementTokens tokens = StatementTokens.of(statement);
        int row = tokens.find(0, "row");
        yield row < 1 || !tokens.isWord(row - 1, "force");
      }
      default -> false;
    };
  }
}
