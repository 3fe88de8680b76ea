package dev.decant.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Sums that show whether two databases have the same rows. */
public final class RowSums {
  private static final String TABLES =
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname NOT IN ('information_schema', 'decant')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
      """;

  private static final String LARGE_OBJECTS =
      """
      SELECT count(*) || ', sum ' || md5(string_agg(oid || md5(lo_get(oid)), ',' ORDER BY oid))
      FROM pg_largeobject_metadata HAVING count(*) > 0
      """;

  private RowSums() {}

  /**
   * For each table and materialized view, the number of rows, and a sum over their columns in the
   * order of the columns' names. If there are large objects, they have such an entry, too.
   */
  public static Map<String, String> of(Connection connection) throws SQLException {
    Map<String, String> sums = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = ''; SET TimeZone = 'UTC'");
      try (ResultSet tables = statement.executeQuery(TABLES)) {
        while (tables.next()) {
          sums.put(tables.getString(1), "");
        }
      }
      for (Map.Entry<String, String> table : sums.entrySet()) {
        table.setValue(sum(statement, table.getKey()));
      }
      try (ResultSet objects = statement.executeQuery(LARGE_OBJECTS)) {
        while (objects.next()) {
          sums.put("large objects", objects.getString(1));
        }
      }
    }
    return sums;
  }

  private static String sum(Statement statement, String table) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*) || ' rows, sum ' ||"
                + " coalesce(sum(pg_catalog.hashtextextended(pg_catalog.to_jsonb(t)::text, 0)), 0)"
                + " FROM ONLY "
                + table
                + " t")) {
      row.next();
      return row.getString(1);
    }
  }
}
