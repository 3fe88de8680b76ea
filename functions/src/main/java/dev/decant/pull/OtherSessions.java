package dev.decant.pull;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Whoever is connected to a database that is to be replaced. Workers of the server itself have no
 * role: it ends them where they are in the way.
 */
final class OtherSessions {
  /** PostgreSQL's rule of who may end whose; raised is an error where one may not. */
  private static final String OURS_TO_END =
      """
      (me.rolsuper OR NOT them.rolsuper
        AND (pg_has_role(them.oid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE')))
      """;

  private static final String FROM =
      """

      FROM pg_catalog.pg_stat_activity a
      JOIN pg_catalog.pg_roles them ON them.oid = a.usesysid
      JOIN pg_catalog.pg_roles me ON me.rolname = current_user
      WHERE a.pid <> pg_backend_pid() AND a.datname =
      """;

  private OtherSessions() {}

  /** Roles whose sessions there are not ours to end. */
  static List<String> notOurs(TargetServer server, String database) {
    return server.query(
        "SELECT DISTINCT them.rolname"
            + FROM
            + TargetServer.literal(database)
            + " AND NOT "
            + OURS_TO_END
            + " ORDER BY 1",
        "asking who is connected to " + database,
        row -> row.getString(1));
  }

  /** Ends those that we may end. */
  static void end(Statement statement, String database) throws SQLException {
    statement.execute(
        "SELECT pg_terminate_backend(a.pid)"
            + FROM
            + TargetServer.literal(database)
            + " AND "
            + OURS_TO_END);
  }
}
