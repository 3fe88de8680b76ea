package dev.decant.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sessions of other clients in databases that are to be renamed. PostgreSQL lets a role end the
 * sessions of the roles whose rights it has, or of all roles if it is a member of {@code
 * pg_signal_backend}; only a superuser can end a superuser's session. Workers of the server have no
 * role, and the server ends them itself when they are in the way.
 */
public final class OtherSessions {
  private static final String MAY_END =
      "(me.rolsuper OR NOT them.rolsuper AND (pg_catalog.pg_has_role(them.oid, 'USAGE')"
          + " OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')))";

  private static final String OF_DATABASES =
      """

      FROM pg_catalog.pg_stat_activity s
      JOIN pg_catalog.pg_roles them ON them.oid = s.usesysid
      JOIN pg_catalog.pg_roles me ON me.rolname = current_user
      WHERE s.pid <> pg_catalog.pg_backend_pid() AND s.datname IN (%s)
      """;

  private OtherSessions() {}

  /** Whether another client is connected to a database. Every role sees this. */
  public static boolean exist(Connection connection, String database) {
    return Queries.isTrue(
        connection,
        "SELECT pg_catalog.count(*) > 0" + OF_DATABASES.formatted(Quoting.literal(database)),
        "looking at the sessions of " + database);
  }

  /** The roles whose sessions in a database the connection's role may not end. */
  public static List<String> notOurs(Connection connection, String database) {
    return Queries.texts(
        connection,
        "SELECT DISTINCT them.rolname::text"
            + OF_DATABASES.formatted(Quoting.literal(database))
            + " AND coalesce(s.backend_type, '') <> 'parallel worker' AND NOT "
            + MAY_END
            + " ORDER BY 1",
        "looking at the sessions of " + database);
  }

  /**
   * Ends the sessions that the connection's role may end.
   *
   * @param inTransaction whether sessions within a transaction are ended, too
   * @return whether a session was ended
   */
  public static boolean end(
      Statement statement, Collection<String> databases, boolean inTransaction)
      throws SQLException {
    String names = databases.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    try (ResultSet ended =
        statement.executeQuery(
            "SELECT pg_catalog.pg_terminate_backend(s.pid)"
                + OF_DATABASES.formatted(names)
                + " AND "
                + MAY_END
                + (inTransaction ? "" : " AND s.xact_start IS NULL"))) {
      return ended.next();
    }
  }
}
