package dev.decant.live;

import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that stores rows.
 *
 * @param bytes its size with its TOAST table, without indexes
 * @param pages the number of its pages, if a range of pages can be read alone; otherwise 0
 * @param condition the WHERE clause that chooses the rows of an extension's table which pg_dump
 *     writes, or null for all rows
 * @param state a text that changes when rows are changed or rewritten: the number of the table's
 *     file, and the rows that the server has counted as inserted, updated and deleted
 */
record LiveTable(TableName name, long bytes, long pages, @Nullable String condition, String state) {
  /** From this version on, a condition on ctid reads no other pages. */
  private static final int WITH_RANGES = 140_000;

  /** Tables of extensions count if pg_dump writes their rows. */
  static final String NOT_OF_EXTENSION =
      """
      n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND (c.oid = ANY (coalesce(
          (SELECT pg_catalog.array_agg(o) FROM pg_catalog.pg_extension e, pg_catalog.unnest(e.extconfig) o), '{}'))
        OR NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e' AND d.objid = c.oid
          AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass))
      """;

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, coalesce(pg_catalog.pg_table_size(c.oid), 0),
        CASE WHEN a.amname = 'heap' AND x.condition IS NULL
            AND pg_catalog.current_setting('server_version_num')::int >= %d
          THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0)
            / pg_catalog.current_setting('block_size')::int ELSE 0 END,
        x.condition,
        pg_catalog.concat_ws('/', coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
          pg_catalog.pg_stat_get_tuples_inserted(c.oid), pg_catalog.pg_stat_get_tuples_updated(c.oid),
          pg_catalog.pg_stat_get_tuples_deleted(c.oid))
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
      LEFT JOIN (SELECT o.oid, nullif(o.condition, '') AS condition FROM pg_catalog.pg_extension e,
          ROWS FROM (pg_catalog.unnest(e.extconfig), pg_catalog.unnest(e.extcondition)) o(oid, condition)) x
        ON x.oid = c.oid
      WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND %s\
      """
          .formatted(WITH_RANGES, NOT_OF_EXTENSION);

  /** The tables of the database of a session. */
  static Map<TableName, LiveTable> read(Connection connection) {
    Map<TableName, LiveTable> tables = new HashMap<>();
    Queries.rows(
            connection,
            TABLES,
            "reading the sizes of tables",
            row ->
                new LiveTable(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6)))
        .forEach(table -> tables.put(table.name(), table));
    return tables;
  }
}
