package dev.decant.verify;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds which rows the sql steps wrote. Every row version carries the ID of the transaction that
 * wrote it (xmin), and a row version never changes. So a table has the same rows as before a
 * transaction if no row was written by this transaction or a later one, and if the number of rows
 * is the same. Statistics and triggers are not used because a server or a session may switch them
 * off.
 */
public final class WrittenRows {
  private static final String TABLES =
      "SELECT n.nspname, c.relname, coalesce(a.amname, '') FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam WHERE c.relkind = 'r' AND"
          + DefinitionFingerprint.USER_SCHEMA
          + "ORDER BY 1, 2";

  /** The first ID of normal transactions. The IDs below are reserved and never changed a row. */
  private static final long FIRST_NORMAL = 3;

  /**
   * The rows of one table, without those of its partitions and inheritance children.
   *
   * @param all the number of rows
   * @param bySteps whether the sql steps wrote some of the rows. It is also true if that cannot be
   *     found out, because not every access method keeps xmin
   * @param later whether some of the rows were written after the sql steps
   */
  public record Rows(long all, boolean bySteps, boolean later) {}

  private WrittenRows() {}

  /**
   * The rows of all wanted tables. Each table is read once.
   *
   * @param span the transactions of the sql steps
   */
  public static Map<TableName, Rows> read(
      Connection connection, SqlSteps.Span span, Predicate<TableName> wanted) {
    Map<TableName, Rows> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      // The server must refuse to read a table rather than hide rows by a row security policy.
      statement.execute("SET row_security = off");
      for (Map.Entry<TableName, String> table : tables(statement).entrySet()) {
        if (wanted.test(table.getKey())) {
          boolean heap = table.getValue().equals("heap");
          found.put(table.getKey(), rows(statement, table.getKey(), heap, span));
        }
      }
      return found;
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "counting the rows after the sql steps");
    }
  }

  /** The number of rows of each wanted table. No step may have run yet. */
  public static Map<TableName, Long> count(Connection connection, Predicate<TableName> wanted) {
    Map<TableName, Long> counts = new LinkedHashMap<>();
    read(connection, new SqlSteps.Span(0, 0), wanted)
        .forEach((table, rows) -> counts.put(table, rows.all()));
    return counts;
  }

  private static Map<TableName, String> tables(Statement statement) throws SQLException {
    Map<TableName, String> tables = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.put(new TableName(rows.getString(1), rows.getString(2)), rows.getString(3));
      }
    }
    return tables;
  }

  private static Rows rows(Statement statement, TableName table, boolean heap, SqlSteps.Span span)
      throws SQLException {
    String from = " FROM ONLY " + table.sql();
    String query =
        heap ? "SELECT count(*), xmin" + from + " GROUP BY xmin" : "SELECT count(*), NULL" + from;
    long all = 0;
    boolean bySteps = !heap;
    boolean later = false;
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        all += rows.getLong(1);
        long writer = heap ? Long.parseLong(rows.getString(2)) : 0;
        boolean afterwards = writer >= FIRST_NORMAL && isFrom(writer, span.end());
        later |= afterwards;
        bySteps |= writer >= FIRST_NORMAL && isFrom(writer, span.begin()) && !afterwards;
      }
    }
    return new Rows(all, bySteps, later);
  }

  /** Whether a transaction is another one or began after it. IDs have 32 bits and wrap around. */
  private static boolean isFrom(long writer, long transaction) {
    return (int) (writer - transaction) >= 0;
  }
}
