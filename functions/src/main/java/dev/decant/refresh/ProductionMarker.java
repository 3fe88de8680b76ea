package dev.decant.refresh;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The table {@code decant.production}, which marks a server as production. A server that has it in
 * any database is refused. Databases that refreshes have created and not yet renamed do not count:
 * the dump of production contains the table, and the refresh drops it.
 */
final class ProductionMarker {
  /**
   * The query reads the catalog, so it also finds the table in a schema that this role may not use.
   */
  private static final String MARKED =
      "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
          + " ON n.oid = c.relnamespace WHERE n.nspname = 'decant' AND c.relname = 'production'";

  private static final String DATABASES =
      """
      SELECT datname::text FROM pg_catalog.pg_database
      WHERE datallowconn AND pg_catalog.has_database_privilege(oid, 'CONNECT') AND NOT (%s)
      ORDER BY datname
      """
          .formatted(TargetDatabaseNames.NEW_OF_ANY);

  private ProductionMarker() {}

  static void requireNone(
      Target target,
      TargetServer server,
      MaintenanceConnection maintenance,
      TargetDatabaseNames names) {
    String doing = "listing databases";
    Set<String> databases =
        new LinkedHashSet<>(Queries.texts(maintenance.connection(), DATABASES, doing));
    List<String> leftovers =
        Queries.texts(
            maintenance.connection(), names.leftovers(), "looking for databases of killed runs");
    leftovers.forEach(databases::remove);
    for (String database : databases) {
      if (isMarked(server, database)) {
        throw RefreshErrors.refused(
            target,
            "Its server has the table decant.production, which marks production, in database "
                + database
                + ". Correct the URL of the target. If the server is not production, drop the"
                + " table.");
      }
    }
  }

  /**
   * Looks for the table in one database. A database that refuses this role is passed over, because
   * it cannot be a database of the target. One that has no connection left is an error.
   */
  private static boolean isMarked(TargetServer server, String database) {
    try (Connection connection = server.letIn(database).orElse(null)) {
      return connection != null
          && Queries.isTrue(connection, MARKED, "looking for the marker of production");
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
    }
  }
}
