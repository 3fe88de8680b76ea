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
 * An empty database whose owner is a plain role of its own, without any right beyond: what a
 * developer or a staging has. Dropped with its role when closed.
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

  /** Makes one. */
  public static PlainDatabase on(PostgresVersion version) throws SQLException {
    // Without WAL: half of what a test of a database costs is the database.
    return on(PostgresServers.admin(version), version.major() >= 15 ? " STRATEGY file_copy" : "");
  }

  /** Makes one on the server of this machine that a superuser is connected to, and takes that. */
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

  /** Of the database, and of its owner. */
  public String name() {
    return name;
  }

  /** {@code postgresql://…} with the password in it. */
  public String url() {
    return "postgresql://" + name + ':' + PASSWORD + '@' + host + ':' + port + '/' + name;
  }

  /** As the owner. The caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", name);
    properties.setProperty("password", PASSWORD);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + host + ':' + port + '/' + name, properties);
  }

  /** The same as the code under test sees it: each connection is the owner's. */
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

  /** Runs SQL as the superuser, in the server's first database: to grant the role more. */
  public void asSuperuser(String sql) throws SQLException {
    execute(admin, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Drops all databases of the role, for a test may have made more of them. */
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
