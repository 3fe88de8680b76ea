package dev.decant.load;

import dev.decant.database.Database;
import dev.decant.database.DatabaseErrors;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  private PlainTables() {}

  static Set<TableName> of(Database database) {
    Set<TableName> plain = new HashSet<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(QUERY)) {
      while (found.next()) {
        plain.add(new TableName(found.getString(1), found.getString(2)));
      }
      return plain;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing the new tables");
    }
  }
}
