package dev.decant.load;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The tables of a database that have pages of their own: COPY FREEZE and NOT VALID are for them.
 */
final class PlainTables {
  private static final String QUERY =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r'
      """;

  /** Of tables, by their names as SQL: what is a partition of them, at any depth. */
  private static final String PARTITIONS =
      """
      WITH RECURSIVE tree AS (
        SELECT pg_catalog.to_regclass(t)::oid AS oid FROM pg_catalog.unnest(?) t
        UNION
        SELECT c.oid FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid
        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition)
      SELECT n.nspname, c.relname FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      """;

  private PlainTables() {}

  /** These tables and all partitions of them: where their rows come to stand. */
  static Set<TableName> withPartitions(Database database, Set<TableName> tables) {
    Set<TableName> all = new HashSet<>(tables);
    if (tables.isEmpty()) {
      return all;
    }
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(PARTITIONS)) {
      Object[] names = tables.stream().map(TableName::sql).toArray();
      statement.setArray(1, connection.createArrayOf("text", names));
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          all.add(new TableName(found.getString(1), found.getString(2)));
        }
      }
      return all;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing partitions");
    }
  }

  static Set<TableName> of(Database database) {
    try (Connection connection = database.connect()) {
      return Set.copyOf(
          Queries.rows(
              connection,
              QUERY,
              "listing the new tables",
              row -> new TableName(row.getString(1), row.getString(2))));
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing the new tables");
    }
  }
}
