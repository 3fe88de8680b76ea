package dev.decant.load;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that get the next number of a sequence if a COPY statement does not list them. Dumps
 * of pg_dump list them. The INSERT statements of scripts often do not, and then each row must get
 * the number that it gets in psql, so the rows of the table are loaded in their order.
 */
final class NumberedColumns {
  private static final String QUERY =
      """
      SELECT n.nspname, c.relname, a.attname
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND c.relkind IN ('r', 'p') AND (a.attidentity <> ''
        OR pg_catalog.strpos(pg_catalog.pg_get_expr(d.adbin, d.adrelid), 'nextval(') > 0)
      """;

  private record Numbered(TableName table, String column) {}

  private final Map<TableName, Set<String>> columns;

  private NumberedColumns(Map<TableName, Set<String>> columns) {
    this.columns = columns;
  }

  static NumberedColumns of(Database database) {
    try (Connection connection = database.connect()) {
      return new NumberedColumns(
          Queries.rows(
                  connection,
                  QUERY,
                  "listing the columns with sequences",
                  row ->
                      new Numbered(
                          new TableName(row.getString(1), row.getString(2)), row.getString(3)))
              .stream()
              .collect(
                  Collectors.groupingBy(
                      Numbered::table,
                      Collectors.mapping(
                          n -> TableName.alwaysQuoted(n.column), Collectors.toSet()))));
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing the columns with sequences");
    }
  }

  /** Whether a COPY statement of {@link CopyInto#statement} leaves out such a column. */
  boolean leftOut(TableName table, String copy) {
    return columns.getOrDefault(table, Set.of()).stream().anyMatch(name -> !copy.contains(name));
  }
}
