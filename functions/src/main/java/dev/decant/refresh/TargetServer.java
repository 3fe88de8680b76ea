package dev.decant.refresh;

import dev.decant.postgres.Database;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import dev.decant.target.Target;
import dev.decant.target.TargetPassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server of a target. It knows every connection that it has opened, so that a run which must
 * end can break them. Any number of threads may use it.
 */
final class TargetServer implements AutoCloseable {
  /**
   * A lock lasts as long as its session, so no timeout may end a session. With row_security off, a
   * statement fails if row-level security would hide rows, so no row is missing when rows are kept,
   * changed or counted. The database may have the setting default_transaction_read_only, which must
   * not apply here.
   */
  private static final String SESSION =
      """
      SET client_min_messages = 'error'; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres';
      SET row_security = off; SET default_transaction_read_only = off;
      SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
      SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
      WHERE name IN ('idle_session_timeout', 'transaction_timeout')
      """;

  private final ServerAddress address;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  private TargetServer(ServerAddress address) {
    this.address = address;
  }

  /** The server of a target, with the password from where the targets file says. */
  static TargetServer of(Target target, RefreshRequest.Credentials credentials) {
    ServerAddress address =
        ServerUrl.parseComplete(target.login().url(), credentials.environment());
    return new TargetServer(
        TargetPassword.of(target, credentials.environment(), credentials.secrets())
            .map(address::withPassword)
            .orElse(address));
  }

  String host() {
    return address.host();
  }

  String user() {
    return address.user();
  }

  /** The name of the target's database. */
  String database() {
    return address.database();
  }

  ServerAddress address() {
    return address;
  }

  /** A new connection to one of the server's databases, with autocommit. The caller closes it. */
  Connection connect(String database) {
    return known(address.connect(database, SESSION));
  }

  /** Does the same as {@link #connect}; empty if the database refuses this role. */
  Optional<Connection> letIn(String database) {
    return address.letIn(database, SESSION).map(this::known);
  }

  /**
   * A connection to a database that is not the target's: postgres, or template1 if postgres does
   * not exist or refuses this role. Any other failure is an error, because an advisory lock belongs
   * to one database: another run would not see a lock that was taken elsewhere.
   */
  Connection maintenance() {
    return known(address.connectToAny(List.of("postgres", "template1"), SESSION));
  }

  private Connection known(Connection connection) {
    open.removeIf(TargetServer::isClosed);
    open.add(connection);
    return connection;
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** One of the server's databases. */
  Database named(String name) {
    return new Database() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Connection connect() {
        return TargetServer.this.connect(name);
      }
    };
  }

  /** Breaks all connections, so that every thread that waits for the server fails at once. */
  void abort() {
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // The connection is broken already.
      }
    }
  }

  @Override
  public void close() {
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server closes it when the process ends.
      }
    }
    open.clear();
  }
}
