package dev.decant.verify;

import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Finds the indexes that masked values may be too long for. PostgreSQL refuses an entry of a B-tree
 * that is longer than a third of a page (2,704 bytes), and it compresses long values first. A
 * masked value compresses worse than a text that repeats itself, so an index of production may fail
 * here.
 */
public final class WideIndexes {
  /** The values of an index with fewer bytes than this always fit, whatever their compression. */
  private static final int FITS = 2000;

  /**
   * The indexes without expressions whose entries contain whole values of any length. The entries
   * of other access methods are parts or hashes of values.
   */
  private static final String INDEXES =
      """
      SELECT n.nspname::text, c.relname::text, i.relname::text,
        ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey) AND a.attlen = -1)
      FROM pg_catalog.pg_index x
      JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid AND i.relkind = 'i'
      JOIN pg_catalog.pg_am m ON m.oid = i.relam
      JOIN pg_catalog.pg_class c ON c.oid = x.indrelid AND c.relkind = 'r'
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'
      WHERE NOT x.indisunique AND x.indexprs IS NULL AND x.indpred IS NULL
        AND (m.amname IN ('btree', 'brin')
          OR m.amname = 'gin' AND EXISTS (SELECT FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typcategory = 'A'
            WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)))
      ORDER BY 1, 2, 3
      """;

  private record Index(TableName table, String name, List<String> columns) {}

  private WideIndexes() {}

  /**
   * The names of the indexes, with the schema, for which a row has long values.
   *
   * @param empty to a database that has the indexes
   * @param rows to the database with the rows
   * @param masked whether a column is masked; the values of other columns are those of production
   */
  public static Set<TableName> find(
      Connection empty, Connection rows, BiPredicate<TableName, String> masked) {
    Set<TableName> wide = new LinkedHashSet<>();
    List<Index> indexes =
        Queries.rows(
            empty,
            INDEXES,
            "reading the indexes",
            row ->
                new Index(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getString(3),
                    List.of((String[]) row.getArray(4).getArray())));
    for (Index index : indexes) {
      if (index.columns.stream().anyMatch(column -> masked.test(index.table, column))
          && longest(rows, index) >= FITS) {
        wide.add(new TableName(index.table.schema(), index.name));
      }
    }
    return wide;
  }

  /** The most bytes that the values of a row have in an index. */
  private static long longest(Connection rows, Index index) {
    String bytes =
        index.columns.stream()
            .map(c -> "coalesce(octet_length(" + Quoting.identifier(c) + "::text), 0)")
            .collect(Collectors.joining(" + "));
    return Queries.number(
        rows,
        "SELECT coalesce(max(" + bytes + "), 0) FROM ONLY " + index.table.sql(),
        "measuring the values of table " + index.table);
  }
}
