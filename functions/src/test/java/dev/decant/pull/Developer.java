package dev.decant.pull;

import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerFinder;
import dev.decant.scratch.Superuser;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The role of a developer on a server. It may create databases and has no other right. Its
 * databases are dropped with it.
 */
final class Developer implements AutoCloseable {
  private final PlainDatabase home;
  private final FoundServer server;

  private Developer(PlainDatabase home) {
    this.home = home;
    this.server = new ServerFinder(Map.of(), Path.of("/nonexistent")).find(home.url());
  }

  static Developer on(PostgresVersion version) throws SQLException {
    PlainDatabase home = PlainDatabase.on(version);
    home.asSuperuser("ALTER ROLE " + home.name() + " CREATEDB");
    return new Developer(home);
  }

  FoundServer server() {
    return server;
  }

  String role() {
    return home.name();
  }

  String url() {
    return home.url();
  }

  void asSuperuser(String sql) throws SQLException {
    home.asSuperuser(sql);
  }

  /** Runs a statement as the administrator of the server, in any database. */
  void asSuperuserOf(String database, String sql) throws SQLException {
    home.asSuperuser("ALTER ROLE " + role() + " SUPERUSER");
    try {
      run(database, "SET ROLE " + Superuser.ROLE + "; " + sql);
    } finally {
      home.asSuperuser("ALTER ROLE " + role() + " NOSUPERUSER");
    }
  }

  /** The names of the databases that this role owns, except its first one, sorted. */
  List<String> databases() throws SQLException {
    return column(
        home.name(),
        "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = '"
            + home.name()
            + "' AND datname <> '"
            + home.name()
            + "' ORDER BY 1");
  }

  Connection connect(String database) {
    return server.address().connect(database);
  }

  void run(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String one(String database, String query) throws SQLException {
    return column(database, query).getFirst();
  }

  List<String> column(String database, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() throws SQLException {
    for (String database : databases()) {
      home.asSuperuser("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
    }
    home.close();
  }
}
