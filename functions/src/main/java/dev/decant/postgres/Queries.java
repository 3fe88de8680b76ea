package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs single statements and reads their small results. The parameter {@code doing} says for
 * messages what is going on ({@code listing partitions}). The texts of the statements may stand in
 * messages, as {@link DatabaseErrors#of(SQLException, ErrorCode, String, String)} says, so they
 * must hold no row value. A failure is a {@link DecantException} with {@link
 * ErrorCode#DATABASE_FAILED} or a more exact code.
 */
public final class Queries {
  /** Reads one row of a result. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Queries() {}

  /** Runs one statement, or several in one text. */
  public static void execute(Connection connection, String sql, String doing) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, sql);
    }
  }

  /** All rows of a query, in memory. */
  public static <T> List<T> rows(
      Connection connection, String query, String doing, RowReader<T> reader) {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, query);
    }
  }

  /** The first column of all rows; a NULL is the text {@code null}. */
  public static List<String> texts(Connection connection, String query, String doing) {
    return rows(connection, query, doing, row -> String.valueOf(row.getString(1)));
  }

  /** The first column of the first row; empty if there is no row. */
  public static Optional<String> text(Connection connection, String query, String doing) {
    return texts(connection, query, doing).stream().findFirst();
  }

  /** Whether the first column of the first row is true; false if there is no row. */
  public static boolean isTrue(Connection connection, String query, String doing) {
    return text(connection, query, doing).filter("t"::equals).isPresent();
  }

  /** The first column of the only row of a query, for callers with an error code of their own. */
  public static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** The number in the only row of a query. */
  public static long number(Connection connection, String query, String doing) {
    return rows(connection, query, doing, row -> row.getLong(1)).getFirst();
  }
}
