package dev.decant.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.policy.PolicyFiles;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.target.Target;
import dev.decant.target.TargetsParser;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A staging database on a real server. Its role may create databases, owns its own database, and
 * has no other right. The database has a table with a row that no refresh creates.
 */
final class Staging implements AutoCloseable {
  static final String PASSWORD = "plain";

  static final RefreshRequest.Credentials CREDENTIALS =
      new RefreshRequest.Credentials(
          Map.of("STAGING_PASSWORD", PASSWORD, "PATH", System.getenv("PATH")), arn -> new byte[0]);

  private final PlainDatabase database;
  private final URI url;

  private Staging(PlainDatabase database) {
    this.database = database;
    this.url = URI.create(database.url());
  }

  static Staging on(PostgresVersion version) throws SQLException {
    return on(PlainDatabase.on(version));
  }

  /** On the server of a superuser's connection, which this object closes. */
  static Staging on(Connection admin) throws SQLException {
    return on(PlainDatabase.on(admin));
  }

  private static Staging on(PlainDatabase database) throws SQLException {
    database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
    Staging staging = new Staging(database);
    staging.execute(
        "CREATE TABLE old_staging (id int PRIMARY KEY); INSERT INTO old_staging VALUES (1)");
    return staging;
  }

  String name() {
    return database.name();
  }

  String host() {
    return url.getHost();
  }

  /** The URL without a password. */
  String url() {
    return "postgresql://" + name() + '@' + url.getHost() + ':' + url.getPort() + '/' + name();
  }

  /** A targets file with this database as the target "staging", and more lines for the target. */
  String yaml(String more) {
    return """
    version: 1
    targets:
      staging:
        database: %s
        password-env: STAGING_PASSWORD
        allow-refresh: true
        confirm: %s
        snapshots: shop/production
    """
            .formatted(url(), host())
        + more.indent(4);
  }

  static Target target(String yaml) {
    return TargetsParser.parse(
            "targets.yaml",
            yaml.getBytes(UTF_8),
            PolicyFiles.none(),
            Map.of("ADMIN_EMAIL", "admin@staging.example", "ADMIN_PASSWORD", "correct horse"))
        .target("staging");
  }

  RefreshRequest request(SnapshotStore store, String more) {
    return request(store, target(yaml(more)));
  }

  RefreshRequest request(SnapshotStore store, Target target) {
    return new RefreshRequest(
        target,
        new RefreshRequest.Snapshot(store, "latest", ShopSnapshot.KEY.publicKey(), false),
        host(),
        new RefreshRequest.Options(false, false, 2),
        CREDENTIALS,
        null,
        new RefreshRequest.Listeners(Progress.NONE, StepListener.NONE));
  }

  /** Connects to a database of the server as the role of staging. */
  Connection connect(String databaseName) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ':' + url.getPort() + '/' + databaseName,
        name(),
        PASSWORD);
  }

  Connection connect() throws SQLException {
    return connect(name());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void executeIn(String databaseName, String sql) throws SQLException {
    try (Connection connection = connect(databaseName);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Connects as another role that has the same password. */
  Connection connectAs(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ':' + url.getPort() + '/' + name(), role, PASSWORD);
  }

  /** The plain dump of the database, without the key that pg_dump invents for each dump. */
  String dump(PgDump program, String... options) {
    return program.dump(database, options).replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  void asSuperuser(String sql) throws SQLException {
    database.asSuperuser(sql);
  }

  Optional<String> ask(String query) throws SQLException {
    return ask(name(), query);
  }

  Optional<String> ask(String databaseName, String query) throws SQLException {
    try (Connection connection = connect(databaseName);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  /** The databases of its role, sorted by name. */
  List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = '"
                    + name()
                    + "' AND datname LIKE '"
                    + name()
                    + "%' ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /**
   * All databases of the server, each with the facts that show whether it was created again or
   * changed.
   */
  List<String> allDatabases() throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT concat_ws(' ', d.datname, d.oid, d.datacl, shobj_description(d.oid,"
                    + " 'pg_database'), (SELECT string_agg(s::text, ' ') FROM pg_db_role_setting s"
                    + " WHERE s.setdatabase = d.oid)) FROM pg_database d ORDER BY 1")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  /** Returns whether staging has the content from before all refreshes. */
  boolean isOld() throws SQLException {
    return ask("SELECT to_regclass('public.user') IS NULL AND to_regclass('old_staging') IS NOT"
                + " NULL")
            .filter("t"::equals)
            .isPresent()
        && ask("SELECT array_agg(id) FROM old_staging").filter("{1}"::equals).isPresent();
  }

  /** A column of the last row of the history. */
  String history(String column) throws SQLException {
    return history(column, "true");
  }

  /** The step of the last run that was killed; null if no run was killed. */
  @Nullable String killed() throws SQLException {
    String step = history("coalesce(step, '-')", "status = 'killed'");
    return step.equals("-") ? null : step;
  }

  private String history(String column, String where) throws SQLException {
    String query =
        "SELECT "
            + column
            + " FROM decant.refreshes WHERE database = '"
            + name()
            + "' AND "
            + where
            + " ORDER BY id DESC LIMIT 1";
    for (String maintenance : List.of("decant_maintenance", "postgres")) {
      try {
        return ask(maintenance, query).orElse("");
      } catch (SQLException e) {
        // The history is in the other database.
      }
    }
    return "";
  }

  @Override
  public void close() throws SQLException {
    for (String each : databases()) {
      asSuperuser("DROP DATABASE IF EXISTS \"" + each + "\" WITH (FORCE)");
    }
    String histories =
        "SELECT datname FROM pg_database WHERE datname LIKE 'decant_maintenance%' AND"
            + " pg_get_userbyid(datdba) = current_user";
    Optional<String> history = ask("postgres", histories);
    if (history.isPresent()) {
      asSuperuser("DROP DATABASE " + history.get() + " WITH (FORCE)");
    }
    database.close();
  }
}
