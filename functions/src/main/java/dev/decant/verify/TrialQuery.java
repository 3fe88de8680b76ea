package dev.decant.verify;

import dev.decant.policy.propose.ProposalTrial.Answer;
import dev.decant.postgres.Quoting;
import dev.decant.verify.TrialChecks.Group;
import dev.decant.verify.TrialChecks.TrialColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the types and the CHECKs of columns for rows that are only in the query. It creates no
 * object and changes nothing, so that a read-only session suffices.
 */
final class TrialQuery {
  /** Class 22 is an invalid value, and class 23 a violated constraint of a domain. */
  private static final Pattern REFUSED = Pattern.compile("2[23].*");

  private final Connection connection;
  private boolean broken;

  /**
   * @param connection which stays usable after a statement that failed. The caller closes it.
   */
  TrialQuery(Connection connection) {
    this.connection = connection;
  }

  /** The rows that satisfy everything, as the server writes their values. */
  List<List<@Nullable String>> accepted(List<List<@Nullable String>> rows, Group group) {
    List<List<@Nullable String>> accepted = new ArrayList<>();
    broken = false;
    accept(rows, group, accepted);
    return broken ? List.of() : accepted;
  }

  /** A value that the type refuses fails the query, so that the rows are tried in two halves. */
  private void accept(
      List<List<@Nullable String>> rows, Group group, List<List<@Nullable String>> accepted) {
    if (rows.isEmpty() || broken) {
      return;
    }
    try {
      accepted.addAll(query(rows, group));
    } catch (SQLException e) {
      if (!refused(e)) {
        broken = true;
      } else if (rows.size() > 1) {
        accept(rows.subList(0, rows.size() / 2), group, accepted);
        accept(rows.subList(rows.size() / 2, rows.size()), group, accepted);
      }
    }
  }

  /** Whether all rows satisfy everything. */
  Answer all(List<List<@Nullable String>> rows, Group group) {
    try {
      return query(rows, group).size() == rows.size() ? Answer.PASSES : Answer.FAILS;
    } catch (SQLException e) {
      return refused(e) ? Answer.FAILS : Answer.UNKNOWN;
    }
  }

  private static boolean refused(SQLException e) {
    String state = e.getSQLState();
    return state != null && REFUSED.matcher(state).matches();
  }

  private List<List<@Nullable String>> query(List<List<@Nullable String>> rows, Group group)
      throws SQLException {
    List<List<@Nullable String>> accepted = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet result = statement.executeQuery(sql(rows, group))) {
        while (result.next()) {
          accepted.add(Arrays.asList((String[]) result.getArray(1).getArray()));
        }
      }
    }
    return accepted;
  }

  /** OFFSET 0 keeps the server from evaluating a CHECK before the values have their types. */
  private static String sql(List<List<@Nullable String>> rows, Group group) {
    List<TrialColumn> columns = group.columns();
    List<String> names = columns.stream().map(c -> Quoting.identifier(c.name())).toList();
    StringBuilder values = new StringBuilder();
    for (List<@Nullable String> row : rows) {
      values.append(values.isEmpty() ? "(" : ", (");
      for (int i = 0; i < row.size(); i++) {
        String value = row.get(i);
        values.append(i == 0 ? "" : ", ");
        values.append(value == null ? "NULL" : Quoting.literal(value)).append("::text");
      }
      values.append(')');
    }
    String typed =
        columns.stream()
            .map(c -> cast(c) + " AS " + Quoting.identifier(c.name()))
            .collect(Collectors.joining(", "));
    List<String> conditions = new ArrayList<>(List.of("true"));
    columns.stream()
        .filter(TrialColumn::notNull)
        .forEach(c -> conditions.add(Quoting.identifier(c.name()) + " IS NOT NULL"));
    group.checks().forEach(check -> conditions.add("(" + check + ") IS NOT FALSE"));
    return "SELECT ARRAY["
        + names.stream().map(name -> name + "::text").collect(Collectors.joining(", "))
        + "] FROM (SELECT "
        + typed
        + " FROM (VALUES "
        + values
        + ") AS decant_raw("
        + String.join(", ", names)
        + ") OFFSET 0) AS decant_rows WHERE "
        + String.join(" AND ", conditions);
  }

  private static String cast(TrialColumn column) {
    return Quoting.identifier(column.name()) + "::" + column.type();
  }
}
