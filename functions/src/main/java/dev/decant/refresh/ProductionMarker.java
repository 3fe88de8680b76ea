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
 * The table {@code decant.production}: a server that has one in any of its databases is
 * production's, and no target. New databases of other runs, dead or alive, do not count:
 * production's dump brings the table along, and a refresh takes it out.
 */
final class ProductionMarker {
  /** Asked of the catalog, where a schema that is closed to us can be seen as well. */
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
        Queries.texts(maintenance.connection(), names.leftovers(), "looking for leftovers");
    leftovers.forEach(databases::remove);
    for (String database : databases) {
      if (isMarked(server, database)) {
        throw RefreshErrors.refused(
            target,
            "its server has the table decant.production, which marks production, in database "
                + database
                + ". Correct the target's URL; where the server is not production's, drop the"
                + " table");
      }
    }
  }

  /**
   * A database that does not let us in is none of ours. One that has no connection left is not
   * passed over.
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
