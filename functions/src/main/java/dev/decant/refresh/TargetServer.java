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
 * The server of a target: its databases by name. Knows every connection that it gave, so that a run
 * that must end can end what waits for the server. For any number of threads.
 */
final class TargetServer implements AutoCloseable {
  /**
   * A lock lasts as long as its session. Rows that a policy of row security would hide end the
   * statement instead: what is kept, changed or counted is all or nothing. The database's settings
   * do not stand in the way of writing.
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

  /** The server of a target, with its password from where the target says. */
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

  /** The target database's name. */
  String database() {
    return address.database();
  }

  ServerAddress address() {
    return address;
  }

  /** A connection to one of the server's databases, autocommit on. The caller closes it. */
  Connection connect(String database) {
    return known(address.connect(database, SESSION));
  }

  /** As {@link #connect}; empty where the database does not let this role in. */
  Optional<Connection> letIn(String database) {
    return address.letIn(database, SESSION).map(this::known);
  }

  /**
   * In a database that is not the target's: postgres, or template1 where there is none that lets
   * this role in. Where it is full, or does not answer, that is an error: a lock is of a database,
   * and another run would not see one that is taken elsewhere.
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

  /** Breaks all connections: whatever waits for the server fails at once. */
  void abort() {
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // It is broken, then.
      }
    }
  }

  @Override
  public void close() {
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server closes what we cannot.
      }
    }
    open.clear();
  }
}
