package dev.decant.verify;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the sql steps of a policy in one transaction. Steps may change rows and the values of
 * sequences. A step that changes anything else is refused, because the snapshot would not contain
 * that change.
 */
public final class SqlSteps {
  /** The number of rows that a step changed. */
  public record StepResult(String name, long rows) {}

  /**
   * The transaction IDs that belong to the steps. They are the lower 32 bits, as in the rows.
   *
   * @param begin the transaction of the steps; the IDs of its subtransactions follow
   * @param end the first ID after all of them
   */
  public record Span(long begin, long end) {}

  /**
   * The result of all steps.
   *
   * @param span the transactions by which {@link WrittenRows} recognizes the rows of the steps
   * @param sequences the sequences whose values the steps changed
   * @param written the tables to which the steps wrote, as the statistics of the server show them.
   *     It lacks tables that a step truncated, and all tables if the statistics are off
   */
  public record Outcome(
      List<StepResult> steps, Span span, Set<TableName> sequences, Set<TableName> written) {}

  private static final String TRANSACTION = "SELECT pg_catalog.txid_current()";
  private static final String NEXT_TRANSACTION =
      "SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())";
  private static final String SEQUENCES =
      "SELECT n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname)"
          + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind = 'S' AND"
          + DefinitionFingerprint.USER_SCHEMA;
  private static final String WRITTEN =
      "SELECT schemaname, relname FROM pg_catalog.pg_stat_xact_user_tables"
          + " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0";
  private static final long XID = 0xffff_ffffL;

  private SqlSteps() {}

  /**
   * Runs all steps and commits. The connection must be new. If a step fails, nothing is committed,
   * and the caller rolls back everything by closing the connection.
   */
  public static Outcome run(Connection connection, List<Policy.SqlStep> steps) {
    String doing = "preparing the sql steps";
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      connection.setAutoCommit(false);
      Map<TableName, String> sequences = sequences(statement);
      String definitions = DefinitionFingerprint.fingerprint(statement);
      String transaction = Queries.text(statement, TRANSACTION);
      List<StepResult> results = new ArrayList<>();
      String changing = "";
      for (Policy.SqlStep step : steps) {
        doing = "sql step \"" + step.name() + "\" (line " + step.line() + " of the policy)";
        results.add(run(statement, step));
        refuse(
            !transaction.equals(Queries.text(statement, TRANSACTION)),
            doing,
            "ended the transaction, which holds all steps. Remove COMMIT and ROLLBACK from it");
        // A later step may undo the change; for example, it may enable triggers again.
        boolean same = definitions.equals(DefinitionFingerprint.fingerprint(statement));
        changing = same ? "" : changing.isEmpty() ? doing : changing;
      }
      refuse(
          !changing.isEmpty(),
          changing,
          "changed a definition, such as a table, an index, a comment, a privilege, a setting or"
              + " a large object. Only rows and the values of sequences come into the snapshot, so"
              + " this change would be lost. Let the steps change only rows and sequences, and make"
              + " the change where the snapshot is restored");
      doing = "committing the sql steps";
      Set<TableName> moved = moved(sequences, sequences(statement));
      Set<TableName> written = written(statement);
      connection.commit();
      String next = Queries.text(statement, NEXT_TRANSACTION);
      connection.commit();
      connection.setAutoCommit(true);
      return new Outcome(results, new Span(xid(transaction), xid(next)), moved, written);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, doing);
    }
  }

  private static long xid(String transaction) {
    return Long.parseLong(transaction) & XID;
  }

  private static void refuse(boolean wrong, String doing, String why) {
    if (wrong) {
      throw new DecantException(ErrorCode.SQL_STEP_FAILED, "The " + doing + " " + why + ".");
    }
  }

  private static StepResult run(Statement statement, Policy.SqlStep step) throws SQLException {
    long rows = 0;
    boolean hasRows = statement.execute(step.text());
    while (hasRows || statement.getUpdateCount() != -1) {
      rows += hasRows ? 0 : statement.getLargeUpdateCount();
      hasRows = statement.getMoreResults();
    }
    return new StepResult(step.name(), rows);
  }

  /**
   * The state of each sequence, read from the sequence itself. The catalog view pg_sequences does
   * not show whether a sequence was called.
   */
  private static Map<TableName, String> sequences(Statement statement) throws SQLException {
    Map<TableName, String> names = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        names.put(new TableName(rows.getString(1), rows.getString(2)), rows.getString(3));
      }
    }
    Map<TableName, String> states = new HashMap<>();
    for (Map.Entry<TableName, String> name : names.entrySet()) {
      String query =
          "SELECT pg_catalog.concat_ws(' ', last_value, is_called) FROM " + name.getValue();
      states.put(name.getKey(), Queries.text(statement, query));
    }
    return states;
  }

  private static Set<TableName> written(Statement statement) throws SQLException {
    Set<TableName> written = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(WRITTEN)) {
      while (rows.next()) {
        written.add(new TableName(rows.getString(1), rows.getString(2)));
      }
    }
    return written;
  }

  private static Set<TableName> moved(Map<TableName, String> before, Map<TableName, String> after) {
    Set<TableName> moved = new HashSet<>();
    after.forEach(
        (name, state) -> {
          if (!state.equals(before.get(name))) {
            moved.add(name);
          }
        });
    return moved;
  }
}
