package dev.decant.verify;

import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Asks the assertions of a policy, or of a target. */
public final class Assertions {
  /**
   * How one assertion ended.
   *
   * @param found what it counted: {@code 0 rows}, or the number that it asks for; else empty
   * @param failure why it does not hold: counts, never a value
   */
  public record Result(String name, boolean holds, String found, String failure) {}

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private Assertions() {}

  /**
   * Asks all, each in a transaction that can only read. Fails only where a query does.
   *
   * @param whose they are, for messages: {@code policy} or {@code target}
   */
  public static List<Result> ask(
      Connection connection, List<Policy.Assertion> assertions, String whose) {
    List<Result> results = new ArrayList<>();
    for (Policy.Assertion assertion : assertions) {
      results.add(ask(connection, assertion, whose));
    }
    return results;
  }

  private static Result ask(Connection connection, Policy.Assertion assertion, String whose) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("BEGIN READ ONLY");
      try {
        return result(assertion, statement, whose);
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e,
          ErrorCode.ASSERTION_FAILED,
          "assertion \""
              + assertion.name()
              + "\" (line "
              + assertion.line()
              + " of the "
              + (whose.equals("target") ? "targets file" : whose)
              + ")");
    }
  }

  private static Result result(Policy.Assertion assertion, Statement statement, String whose)
      throws SQLException {
    statement.setFetchSize(1000);
    try (ResultSet rows = statement.executeQuery(assertion.sql())) {
      String expected = assertion.equals();
      if (expected == null) {
        long count = 0;
        while (rows.next()) {
          count++;
        }
        String found = count + (count == 1 ? " row" : " rows");
        return new Result(assertion.name(), count == 0, found, found + " where none should be");
      }
      // A NULL is not the text "null".
      boolean holds = rows.next() && expected.equals(rows.getString(1));
      if (holds && rows.next()) {
        return new Result(assertion.name(), false, "", "more than one row");
      }
      String found = holds && NUMBER.matcher(expected).matches() ? expected : "";
      return new Result(
          assertion.name(), holds, found, "another value than the " + whose + " says");
    }
  }
}
