package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that a run holds from its first guard to its end, in the server's maintenance
 * database: its advisory lock keeps a second run on the same target away, and goes with the
 * process.
 */
final class MaintenanceConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceConnection.class);

  /** Where there is no right to keep the history in {@code postgres}. */
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

  /**
   * Takes the target's lock.
   *
   * @throws DecantException {@link ErrorCode#REFUSED} where another run has it
   */
  void lock(Target target) {
    if (!tryLock()) {
      throw RefreshErrors.refused(
          target,
          "another refresh or rollback of " + server.database() + " is running. Wait for its end");
    }
  }

  /**
   * Takes the lock of the target's database, unless a run that is alive has it. A run of another
   * role may have its lock in another maintenance database: it is looked for in all of them, after
   * we have ours, so that of two that come at once at most one goes on.
   */
  boolean tryLock() {
    String key = "pg_catalog.hashtext(" + Quoting.literal(server.database()) + ")";
    String doing = "locking database " + server.database();
    // The two numbers of a lock stand in pg_locks as oids, without a sign.
    return Queries.isTrue(
            connection,
            "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtext('decant refresh'), "
                + key
                + ")",
            doing)
        && !Queries.isTrue(
            connection,
            """
            SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND pid <> pg_catalog.pg_backend_pid()
              AND classid::bigint = pg_catalog.hashtext('decant refresh')::bigint & 4294967295
              AND objid::bigint = %s::bigint & 4294967295
            """
                .formatted(key),
            doing);
  }

  /** The server's, as {@code server_version_num} has it. */
  int version() {
    return Integer.parseInt(
        Queries.text(
                connection,
                "SELECT pg_catalog.current_setting('server_version_num')",
                "asking for the version")
            .orElse("0"));
  }

  /** Of the target's database; this role where there is none. */
  String owner() {
    return Queries.text(
            connection,
            "SELECT pg_catalog.pg_get_userbyid(datdba)::text FROM pg_catalog.pg_database WHERE"
                + " datname = "
                + Quoting.literal(server.database()),
            "asking for the owner")
        .orElse(server.user());
  }

  /** Of the maintenance database. */
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

  /** The database for the history, made where there is none. */
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

  /** The maintenance database where its schema {@code decant} is ours, else one of our own. */
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

  /** Drops a database that only we know of; a failure is a warning. */
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
