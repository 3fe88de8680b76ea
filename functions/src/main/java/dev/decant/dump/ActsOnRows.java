package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.DecantException;
import java.util.List;

/**
 * Statements that act on the rows that come after them: a trigger may drop rows, a foreign key
 * refuses those whose parents are still to come, row security refuses COPY. pg_dump writes them
 * after all rows. A scratch database gets them after the rows as well, so before rows they would
 * make a restore end otherwise than what was verified.
 */
public final class ActsOnRows {
  private ActsOnRows() {}

  /**
   * Refuses such statements.
   *
   * @param beforeRows statements that stand before a COPY block
   * @throws DecantException {@link dev.decant.error.ErrorCode#INPUT_UNSUPPORTED}
   */
  public static void refuse(List<Statement> beforeRows) {
    for (Statement statement : beforeRows) {
      if (is(statement)) {
        throw DumpProblem.unsupported(
            statement.line(),
            statement.object()
                + ": a trigger, a foreign key or row security stands before rows, so that a restore"
                + " could lose rows or fail. Make the dump with pg_dump, which writes it after all"
                + " rows");
      }
    }
  }

  /** FORCE ROW LEVEL SECURITY, which pg_dump writes before rows, does nothing without ENABLE. */
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
