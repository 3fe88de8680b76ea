package dev.decant.refresh;

import dev.decant.database.DatabaseErrors;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that a run holds from its first guard to its end, in the server's maintenance
 * database: its advisory lock keeps a second run on the same target away, and goes with the
 * process.
 */
final class Control implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  /** Where there is no right to keep the history in {@code postgres}. */
  private static final String OWN = "decant_maintenance";

  private final TargetServer server;
  private final Connection connection;

  private Control(TargetServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  static Control open(TargetServer server) {
    try {
      return new Control(server, server.connect("postgres"));
    } catch (DecantException e) {
      try {
        return new Control(server, server.connect("template1"));
      } catch (DecantException other) {
        throw e;
      }
    }
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
    String lock =
        "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtext('decant refresh'),"
            + " pg_catalog.hashtext("
            + TargetServer.literal(server.database())
            + "))";
    if (!TargetServer.ask(connection, lock, "locking target " + target.name())) {
      throw HostGuard.refused(
          target,
          "another refresh or rollback of " + server.database() + " is running. Wait for its end");
    }
  }

  boolean exists(String database) {
    return TargetServer.ask(
        connection,
        "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_database WHERE datname = "
            + TargetServer.literal(database),
        "looking for database " + database);
  }

  /** The database for the history, made where there is none. */
  String historyDatabase() {
    if (TargetServer.ask(
        connection,
        "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')",
        "asking for rights in the maintenance database")) {
      return TargetServer.text(
              connection, "SELECT pg_catalog.current_database()", "asking for the database")
          .orElseThrow();
    }
    if (!exists(OWN)) {
      TargetServer.execute(
          connection, "CREATE DATABASE " + OWN + " TEMPLATE template0", "creating database " + OWN);
    }
    return OWN;
  }

  /** The database that has the history, where there is one. */
  Optional<String> existingHistoryDatabase() {
    boolean own = exists(OWN);
    return own || exists("postgres") ? Optional.of(own ? OWN : "postgres") : Optional.empty();
  }

  /** Drops a database that only we know of; a failure is a warning. */
  boolean drop(String database) {
    try {
      TargetServer.execute(
          connection,
          "DROP DATABASE IF EXISTS " + Names.quoted(database) + " WITH (FORCE)",
          "dropping database " + database);
      return true;
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    }
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
