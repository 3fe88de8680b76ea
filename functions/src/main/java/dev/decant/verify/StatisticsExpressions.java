package dev.decant.verify;

import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Queries that evaluate the expressions of extended statistics over all rows. ANALYZE evaluates
 * them, and it fails if one fails.
 */
public final class StatisticsExpressions {
  /** PostgreSQL 13 has no such expressions and no function that shows them. */
  private static final String HAS =
      "SELECT pg_catalog.to_regprocedure("
          + "'pg_catalog.pg_get_statisticsobjdef_expressions(oid)') IS NOT NULL";

  private static final String ALL =
      """
      SELECT sn.nspname::text, s.stxname::text, n.nspname::text, c.relname::text,
        pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)
      FROM pg_catalog.pg_statistic_ext s
      JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
      JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid AND c.relkind IN ('r', 'p')
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE s.stxexprs IS NOT NULL ORDER BY 1, 2
      """;

  private StatisticsExpressions() {}

  /**
   * The queries by the names of the statistics. The result of a query is no value of a row.
   *
   * @param connection to a database that has the statistics
   */
  public static Map<TableName, String> queries(Connection connection) {
    Map<TableName, String> queries = new LinkedHashMap<>();
    if (Queries.isTrue(connection, HAS, "reading the version")) {
      Queries.rows(
              connection,
              ALL,
              "reading the statistics",
              row ->
                  Map.entry(
                      new TableName(row.getString(1), row.getString(2)),
                      query(
                          new TableName(row.getString(3), row.getString(4)),
                          (String[]) row.getArray(5).getArray())))
          .forEach(entry -> queries.put(entry.getKey(), entry.getValue()));
    }
    return queries;
  }

  private static String query(TableName table, String[] expressions) {
    return Arrays.stream(expressions)
        .map(expression -> "count((" + expression + "))")
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.sql()));
  }
}
