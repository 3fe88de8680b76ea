package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import dev.decant.target.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
  static TargetServer of(
      Target target, Map<String, String> environment, Function<String, byte[]> secrets) {
    ServerAddress address = ServerUrl.parseComplete(target.database(), environment);
    String password = password(target, environment, secrets);
    return new TargetServer(password == null ? address : address.withPassword(password));
  }

  private static @Nullable String password(
      Target target, Map<String, String> environment, Function<String, byte[]> secrets) {
    return switch (target.password().orElse(null)) {
      case null -> null;
      case Target.Password.Variable(String name) -> {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
          throw new DecantException(
              ErrorCode.SETTING_INVALID,
              "target "
                  + target.name()
                  + ": the environment has no "
                  + name
                  + ", which holds the database's password. Set it.");
        }
        yield value;
      }
      case Target.Password.Secret(String arn) -> SecretPassword.of(secrets.apply(arn), arn);
    };
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

  /** Runs one statement, or several in one text. */
  static void execute(Connection connection, String sql, String doing) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, sql);
    }
  }

  /** The first column of all rows. */
  static List<String> texts(Connection connection, String query, String doing) {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          texts.add(String.valueOf(rows.getString(1)));
        }
      }
      return texts;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, query);
    }
  }

  /** The first column of the first row. */
  static Optional<String> text(Connection connection, String query, String doing) {
    return texts(connection, query, doing).stream().findFirst();
  }

  /** Whether a query answers true. */
  static boolean ask(Connection connection, String query, String doing) {
    return text(connection, query, doing).filter("t"::equals).isPresent();
  }

  /** A text as a literal of SQL. */
  static String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /** A secret's text, or the field {@code password} of a JSON object. */
  private static final class SecretPassword {
    private static final com.fasterxml.jackson.databind.json.JsonMapper JSON =
        com.fasterxml.jackson.databind.json.JsonMapper.builder().build();

    static String of(byte[] secret, String arn) {
      String text = new String(secret, StandardCharsets.UTF_8).strip();
      if (!text.startsWith("{")) {
        return text;
      }
      try {
        String password = JSON.readTree(text).path("password").asText("");
        if (!password.isEmpty()) {
          return password;
        }
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        // Its message shows the text.
      }
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "the secret " + arn + " is JSON without a text field \"password\".");
    }
  }
}
