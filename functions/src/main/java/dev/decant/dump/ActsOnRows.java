package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.DecantException;
import java.util.List;

/**
 * Statements that affect the rows that are loaded after them: a trigger may drop rows, a foreign
 * key refuses rows whose parent rows are loaded later, and row security refuses COPY. pg_dump
 * writes them after all rows, and a scratch database also runs them after the rows. If a dump had
 * them before rows, a restore could give another result than the verification.
 */
public final class ActsOnRows {
  private ActsOnRows() {}

  /**
   * Throws if one of these statements affects rows.
   *
   * @param beforeRows the statements that precede a COPY block
   * @throws DecantException {@link dev.decant.error.ErrorCode#INPUT_UNSUPPORTED}
   */
  public static void refuse(List<Statement> beforeRows) {
    for (Statement statement : beforeRows) {
      if (is(statement)) {
        throw DumpProblem.unsupported(
            statement.line(),
            statement.object()
                + " is a trigger, a foreign key or row security and stands before rows, so a"
                + " restore could lose rows or fail. Make the dump with pg_dump, which writes such"
                + " statements after all rows.");
      }
    }
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
