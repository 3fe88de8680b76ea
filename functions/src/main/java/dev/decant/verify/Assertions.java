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

/** Checks the assertions of a policy or of a target. */
public final class Assertions {
  /** The result of one assertion. It contains counts and numbers, but no value of a row. */
  public sealed interface Result {
    /** The name of the assertion. */
    String name();

    /**
     * The result of the query: a number of rows ({@code 0 rows}), or the number that the assertion
     * expects. It is empty if the assertion expects another text, which may be a row's value.
     */
    String found();
  }

  /** The result of an assertion that holds. */
  public record Holds(String name, String found) implements Result {}

  /**
   * The result of an assertion that does not hold.
   *
   * @param reason what is wrong, without a value of a row
   */
  public record Fails(String name, String found, String reason) implements Result {}

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private Assertions() {}

  /**
   * Checks all assertions, each in a read-only transaction of its own.
   *
   * @param whose the word for the owner of the assertions in messages: {@code policy} or {@code
   *     target}
   * @throws dev.decant.error.DecantException ASSERTION_FAILED if a query fails. An assertion that
   *     does not hold is a result and no exception
   */
  public static List<Result> check(
      Connection connection, List<Policy.Assertion> assertions, String whose) {
    List<Result> results = new ArrayList<>();
    for (Policy.Assertion assertion : assertions) {
      results.add(check(connection, assertion, whose));
    }
    return results;
  }

  private static Result check(Connection connection, Policy.Assertion assertion, String whose) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("BEGIN READ ONLY");
      try {
        statement.setFetchSize(1000);
        try (ResultSet rows = statement.executeQuery(assertion.sql())) {
          String expected = assertion.equals();
          return expected == null
              ? noRows(assertion, rows)
              : oneValue(assertion, expected, rows, whose);
        }
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.ASSERTION_FAILED, described(assertion, whose));
    }
  }

  private static String described(Policy.Assertion assertion, String whose) {
    return "assertion \""
        + assertion.name()
        + "\" (line "
        + assertion.line()
        + " of the "
        + (whose.equals("target") ? "targets file" : whose)
        + ")";
  }

  private static Result noRows(Policy.Assertion assertion, ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    String found = count + (count == 1 ? " row" : " rows");
    return count == 0
        ? new Holds(assertion.name(), found)
        : new Fails(
            assertion.name(), found, "the query found " + found + ", but none was expected");
  }

  private static Result oneValue(
      Policy.Assertion assertion, String expected, ResultSet rows, String whose)
      throws SQLException {
    // A NULL does not equal the text "null".
    if (!rows.next() || !expected.equals(rows.getString(1))) {
      String reason = "the query found another value than the " + whose + " expects";
      return new Fails(assertion.name(), "", reason);
    }
    if (rows.next()) {
      return new Fails(assertion.name(), "", "the query found more than one row");
    }
    String found = NUMBER.matcher(expected).matches() ? expected : "";
    return new Holds(assertion.name(), found);
  }
}
