package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that a run holds from its first guard to its end, in the maintenance database of
 * the server. The {@link TargetLock} belongs to it.
 */
final class MaintenanceConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceConnection.class);

  /** The database for the history if the role must not create a schema in {@code postgres}. */
  private static final String OWN = "decant_maintenance";

  private static final String KEEPS_HISTORY =
      """
      SELECT CASE WHEN n.oid IS NULL
        THEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
        ELSE pg_catalog.pg_has_role(n.nspowner, 'USAGE') END
      FROM (SELECT 1) one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'decant'
      """;

  private final TargetServer server;
  private final Connection connection;

  private MaintenanceConnection(TargetServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  static MaintenanceConnection open(TargetServer server) {
    return new MaintenanceConnection(server, server.maintenance());
  }

  Connection connection() {
    return connection;
  }

  /** The lock of the target's database, which belongs to this connection. */
  TargetLock lock() {
    return new TargetLock(connection, server.database());
  }

  /** The version of the server, as {@code server_version_num} shows it. */
  int version() {
    return Integer.parseInt(
        Queries.text(
                connection,
                "SELECT pg_catalog.current_setting('server_version_num')",
                "asking for the version")
            .orElse("0"));
  }

  /** The owner of the target's database, or this role if the database does not exist. */
  String owner() {
    return Queries.text(
            connection,
            "SELECT pg_catalog.pg_get_userbyid(datdba)::text FROM pg_catalog.pg_database WHERE"
                + " datname = "
                + Quoting.literal(server.database()),
            "asking for the owner")
        .orElse(server.user());
  }

  /** The name of the maintenance database. */
  String name() {
    return Queries.text(
            connection, "SELECT pg_catalog.current_database()", "asking for the database")
        .orElseThrow();
  }

  boolean exists(String database) {
    return Queries.isTrue(
        connection,
        "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_database WHERE datname = "
            + Quoting.literal(database),
        "looking for database " + database);
  }

  /** The database for the history, which is created if it does not exist. */
  String historyDatabase() {
    String database = historyName();
    if (!exists(database)) {
      Queries.execute(
          connection,
          "CREATE DATABASE " + Quoting.identifier(database) + " TEMPLATE template0",
          "creating database " + database);
    }
    return database;
  }

  /**
   * The name of the database for the history: the maintenance database if this role may use the
   * schema {@code decant} there, otherwise a database of its own.
   */
  String historyName() {
    if (Queries.isTrue(connection, KEEPS_HISTORY, "asking for rights in the database")) {
      return name();
    }
    String others =
        "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_database WHERE datname = '"
            + OWN
            + "' AND NOT pg_catalog.pg_has_role(datdba, 'USAGE')";
    return Queries.isTrue(connection, others, "looking for database " + OWN)
        ? DatabaseStatements.cut(OWN + '_' + server.user(), 0)
        : OWN;
  }

  /**
   * Drops a database that only decant uses. A failure is logged as a warning.
   *
   * @return whether the database is gone
   */
  boolean drop(String database) {
    try {
      requireDrop(database);
      return true;
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }

  void requireDrop(String database) {
    Queries.execute(
        connection, DatabaseStatements.dropByForce(database), "dropping database " + database);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug(
          "{}",
          DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection").getMessage());
    }
  }
}
