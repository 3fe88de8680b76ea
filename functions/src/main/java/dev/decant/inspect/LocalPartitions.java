package dev.decant.inspect;

import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;

/**
 * The partitions that stand for their partitioned tables in a sample. A partitioned table that has
 * foreign tables as partitions is not read itself, because its rows would come from other servers.
 */
final class LocalPartitions {
  private LocalPartitions() {}

  /**
   * The partitions of all levels below each partitioned table, which is one of them itself.
   * pg_partition_tree would wait for a locked table.
   */
  static final String TREE =
      """
      WITH RECURSIVE tree AS (
        SELECT c.oid AS root, c.oid FROM pg_catalog.pg_class c WHERE c.relkind = 'p'
        UNION ALL
        SELECT tree.root, i.inhrelid
        FROM pg_catalog.pg_inherits i JOIN tree ON tree.oid = i.inhparent)
      """;

  /**
   * The largest ordinary partition of each partitioned table that has a foreign table as a
   * partition, as text for FROM; an empty text if it has no ordinary partition.
   */
  static Map<TableName, String> read(Connection connection) {
    Map<TableName, String> partitions = new HashMap<>();
    Queries.rows(
            connection,
            TREE
                + """
                SELECT n.nspname::text, c.relname::text, coalesce(
                  (SELECT pg_catalog.format('ONLY %I.%I', m.nspname, p.relname)
                   FROM tree t
                   JOIN pg_catalog.pg_class p ON p.oid = t.oid AND p.relkind = 'r' AND t.root = c.oid
                   JOIN pg_catalog.pg_namespace m ON m.oid = p.relnamespace
                   ORDER BY p.relpages DESC, p.oid DESC LIMIT 1), '')
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'p' AND EXISTS (
                  SELECT FROM tree t
                  JOIN pg_catalog.pg_class p ON p.oid = t.oid AND p.relkind = 'f' AND t.root = c.oid)\
                """,
            "reading partitions",
            row -> Map.entry(new TableName(row.getString(1), row.getString(2)), row.getString(3)))
        .forEach(entry -> partitions.put(entry.getKey(), entry.getValue()));
    return partitions;
  }
}
