package dev.decant.pull;

import dev.decant.postgres.Quoting;
import dev.decant.postgres.SessionRights;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Whoever is connected to a database that is to be replaced. Workers of the server itself have no
 * role: it ends them where they are in the way.
 */
final class OtherSessions {
  private static final String FROM =
      """

      FROM pg_catalog.pg_stat_activity a
      JOIN pg_catalog.pg_roles them ON them.oid = a.usesysid
      JOIN pg_catalog.pg_roles me ON me.rolname = current_user
      WHERE a.pid <> pg_backend_pid() AND a.datname =
      """;

  private OtherSessions() {}

  /** Roles whose sessions there are not ours to end. */
  static List<String> notOurs(PullServer server, String database) {
    return server.query(
        "SELECT DISTINCT them.rolname"
            + FROM
            + Quoting.literal(database)
            + " AND NOT "
            + SessionRights.MAY_END
            + " ORDER BY 1",
        "asking who is connected to " + database,
        row -> row.getString(1));
  }

  /** Ends those that we may end. */
  static void end(Statement statement, String database) throws SQLException {
    statement.execute(
        "SELECT pg_terminate_backend(a.pid)"
            + FROM
            + Quoting.literal(database)
            + " AND "
            + SessionRights.MAY_END);
  }
}
