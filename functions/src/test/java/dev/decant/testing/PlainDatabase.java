package dev.decant.testing;

import dev.decant.postgres.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * An empty database whose owner is a plain role without further rights, as a developer or a staging
 * application has. Closing it drops the database and the role.
 */
public final class PlainDatabase implements AutoCloseable {
  private static final String PASSWORD = "plain";

  private final Connection admin;
  private final String name;
  private final String host;
  private final int port;

  private PlainDatabase(Connection admin, String name, String host, int port) {
    this.admin = admin;
    this.name = name;
    this.host = host;
    this.port = port;
  }

  /** Makes a database. */
  public static PlainDatabase on(PostgresVersion version) throws SQLException {
    // Copies the files of the template without WAL, because creating the database takes half of the
    // time of a test.
    return on(PostgresServers.admin(version), version.major() >= 15 ? " STRATEGY file_copy" : "");
  }

  /** Makes a database on the server of a superuser's connection, which this object closes. */
  public static PlainDatabase on(Connection admin) throws SQLException {
    return on(admin, "");
  }

  private static PlainDatabase on(Connection admin, String strategy) throws SQLException {
    String name = "plain_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    execute(admin, "CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'");
    execute(admin, "CREATE DATABASE " + name + " OWNER " + name + " TEMPLATE template0" + strategy);
    String[] address = PostgresServers.hostAndPort(admin.unwrap(PGConnection.class));
    return new PlainDatabase(admin, name, address[0], Integer.parseInt(address[1]));
  }

  /** The name of the database and of its owner. */
  public String name() {
    return name;
  }

  /** The URL {@code postgresql://…} with the password. */
  public String url() {
    return "postgresql://" + name + ':' + PASSWORD + '@' + host + ':' + port + '/' + name;
  }

  /** Connects as the owner. The caller closes the connection. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", name);
    properties.setProperty("password", PASSWORD);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + host + ':' + port + '/' + name, properties);
  }

  /**
   * The database in the form that the code under test uses. Each connection is one of the owner.
   */
  public Database asDatabase() {
    return new Database() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Connection connect() {
        try {
          return PlainDatabase.this.connect();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /**
   * Runs SQL as the superuser in the server's first database, for example to grant the role more
   * rights.
   */
  public void asSuperuser(String sql) throws SQLException {
    execute(admin, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Drops all databases of the role, because a test may have created more of them. */
  @Override
  public void close() throws SQLException {
    try (admin) {
      for (String each : databases()) {
        execute(admin, "DROP DATABASE IF EXISTS \"" + each + "\" WITH (FORCE)");
      }
      execute(admin, "DROP ROLE " + name);
    }
  }

  private List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = admin.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = '" + name + "'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
