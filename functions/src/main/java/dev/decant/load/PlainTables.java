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
 * Finds the tables of a database that store rows themselves. COPY FREEZE and NOT VALID work only
 * with such tables.
 */
final class PlainTables {
  private static final String QUERY =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r'
      """;

  /** Finds the partitions of all levels of tables, which are given by their names in SQL. */
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

  /** The given tables and all of their partitions, which store the rows. */
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

  /** The plain tables of a database. */
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
