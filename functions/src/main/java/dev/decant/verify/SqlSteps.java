package dev.decant.verify;

import dev.decant.database.DatabaseErrors;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
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
 * Runs the sql steps of a policy in one transaction, and tells which tables they changed: by the
 * transaction's own tuple counters, and by file nodes, which TRUNCATE and rewrites replace. Steps
 * change rows and sequences; one that changes a table's definition is refused, since only rows
 * travel.
 */
public final class SqlSteps {
  /** What a step did. */
  public record StepResult(String name, long rows) {}

  /**
   * What all steps did.
   *
   * @param tables whose rows they changed
   * @param sequences whose values they changed
   */
  public record Outcome(List<StepResult> steps, Set<TableName> tables, Set<TableName> sequences) {}

  private static final String USER_SCHEMA =
      " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)' ";
  private static final String TRANSACTION = "SELECT pg_catalog.txid_current()";
  private static final String FILES =
      "SELECT n.nspname, c.relname, pg_catalog.pg_relation_filenode(c.oid)::text FROM"
          + " pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind = 'r' AND"
          + USER_SCHEMA;
  private static final String COUNTERS =
      "SELECT schemaname, relname, '' FROM pg_catalog.pg_stat_xact_all_tables"
          + " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND schemaname NOT LIKE 'pg\\_%'";
  private static final String SEQUENCES =
      "SELECT schemaname, sequencename, last_value::text FROM pg_catalog.pg_sequences";
  private static final String DEFINITIONS =
      "SELECT pg_catalog.md5(coalesce(pg_catalog.string_agg(d, ',' ORDER BY d), '')) FROM ("
          + "SELECT pg_catalog.concat_ws(':', n.nspname, c.relname, c.relkind, a.attnum, a.attname,"
          + " a.atttypid, a.atttypmod, a.attnotnull, a.attisdropped) d FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN"
          + " pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relkind IN"
          + " ('r', 'p', 'v', 'm', 'S', 'f') AND"
          + USER_SCHEMA
          + ") q";

  private SqlSteps() {}

  /** Runs all steps and commits; a failure takes all back. The connection must be fresh. */
  public static Outcome run(Connection connection, List<Policy.SqlStep> steps) {
    String doing = "preparing the sql steps";
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      connection.setAutoCommit(false);
      Map<TableName, String> filesBefore = map(statement, FILES);
      Map<TableName, String> sequencesBefore = map(statement, SEQUENCES);
      String definitionsBefore = one(statement, DEFINITIONS);
      String transaction = one(statement, TRANSACTION);
      List<StepResult> results = new ArrayList<>();
      for (Policy.SqlStep step : steps) {
        doing = "sql step \"" + step.name() + "\" (line " + step.line() + " of the policy)";
        results.add(run(statement, step));
        refuse(
            !transaction.equals(one(statement, TRANSACTION)),
            doing,
            "ended the transaction: take COMMIT and ROLLBACK out");
        refuse(
            !definitionsBefore.equals(one(statement, DEFINITIONS)),
            doing,
            "changed a table's definition: only rows travel, so let steps change rows only");
      }
      doing = "committing the sql steps";
      Set<TableName> tables = changed(filesBefore, map(statement, FILES));
      tables.addAll(map(statement, COUNTERS).keySet());
      Set<TableName> sequences = changed(sequencesBefore, map(statement, SEQUENCES));
      connection.commit();
      connection.setAutoCommit(true);
      return new Outcome(results, tables, sequences);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, doing);
    }
  }

  private static void refuse(boolean wrong, String doing, String why) {
    if (wrong) {
      throw new DecantException(ErrorCode.SQL_STEP_FAILED, doing + " " + why + ".");
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

  private static Map<TableName, String> map(Statement statement, String query) throws SQLException {
    Map<TableName, String> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.put(
            new TableName(rows.getString(1), rows.getString(2)), String.valueOf(rows.getString(3)));
      }
    }
    return found;
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Set<TableName> changed(
      Map<TableName, String> before, Map<TableName, String> after) {
    Set<TableName> changed = new HashSet<>();
    after.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            changed.add(name);
          }
        });
    return changed;
  }
}
