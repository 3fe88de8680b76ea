package dev.decant.verify;

import dev.decant.database.DatabaseErrors;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the assertions of a policy. */
public final class Assertions {
  /** How one assertion ended; {@code failure} tells counts, never a value. */
  public record Result(String name, boolean holds, String failure) {}

  private Assertions() {}

  /** Asks all, each in a transaction that can only read. Fails only where a query does. */
  public static List<Result> ask(Connection connection, List<Policy.Assertion> assertions) {
    List<Result> results = new ArrayList<>();
    for (Policy.Assertion assertion : assertions) {
      results.add(ask(connection, assertion));
    }
    return results;
  }

  private static Result ask(Connection connection, Policy.Assertion assertion) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("BEGIN READ ONLY");
      try {
        return result(assertion, statement);
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e,
          ErrorCode.ASSERTION_FAILED,
          "assertion \"" + assertion.name() + "\" (line " + assertion.line() + " of the policy)");
    }
  }

  private static Result result(Policy.Assertion assertion, Statement statement)
      throws SQLException {
    statement.setFetchSize(1000);
    try (ResultSet rows = statement.executeQuery(assertion.sql())) {
      String expected = assertion.equals();
      if (expected == null) {
        long count = 0;
        while (rows.next()) {
          count++;
        }
        return new Result(assertion.name(), count == 0, count + " rows where none should be");
      }
      boolean holds = rows.next() && expected.equals(String.valueOf(rows.getString(1)));
      if (holds && rows.next()) {
        return new Result(assertion.name(), false, "more than one row");
      }
      return new Result(assertion.name(), holds, "another value than the policy says");
    }
  }
}
