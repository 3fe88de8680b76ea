package dev.decant.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.StockServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A server as Debian sets it up: peers over its socket, passwords over TCP. */
@Timeout(60)
final class UnixSocketIT {
  private static final String ACCOUNT = System.getProperty("user.name");
  private static StockServer server;

  @TempDir Path home;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = StockServer.withPeers();
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE ROLE \"" + ACCOUNT + "\" LOGIN CREATEDB");
      statement.execute("CREATE ROLE ann LOGIN PASSWORD 'right'");
      statement.execute("CREATE DATABASE closed");
      statement.execute("REVOKE CONNECT ON DATABASE closed FROM public");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private FoundServer find(Map<String, String> environment) {
    return new ServerFinder(environment, home, List.of(server.socketFolder().toString()))
        .find(null);
  }

  private Connection connect() {
    return find(Map.of("PGPORT", port())).address().connect("postgres");
  }

  private static String port() {
    return Integer.toString(server.port());
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Test
  void withoutAHostTheSocketOfThisMachineIsTaken() throws SQLException {
    FoundServer found = find(Map.of("PGPORT", port()));

    assertThat(found.address().place()).isEqualTo(server.socketFolder() + "/.s.PGSQL." + port());
    try (Connection connection = found.address().connect("postgres")) {
      assertThat(ask(connection, "SELECT current_user")).isEqualTo(ACCOUNT);
      assertThat(ask(connection, "SELECT inet_server_addr() IS NULL")).isEqualTo("t");
    }
  }

  @Test
  @Needs(Component.PSQL)
  void psqlGetsInByTheUrlAndByTheVariables() throws Exception {
    FoundServer found = find(Map.of("PGPORT", port()));
    for (List<String> arguments : List.of(List.of(found.url("postgres")), List.<String>of())) {
      List<String> command = new java.util.ArrayList<>(List.of("psql", "-XAtc", "SELECT 'in'"));
      command.addAll(arguments);
      ProcessBuilder psql = new ProcessBuilder(command).redirectErrorStream(true);
      psql.environment().putAll(found.variables("postgres"));
      assertThat(new String(psql.start().getInputStream().readAllBytes(), US_ASCII))
          .isEqualTo("in\n");
    }
  }

  @Test
  void statementsCanBeCancelled() throws SQLException {
    Instant start = Instant.now();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void readsTimeOut() throws SQLException {
    Instant start = Instant.now();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 300);
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(30)"))
          .hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void abortFreesWhoeverReads() throws Exception {
    Connection connection = connect();
    CompletableFuture<Throwable> reader =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SQLException.class, () -> ask(connection, "SELECT pg_sleep(30)")));
    Thread.sleep(300);

    connection.abort(Runnable::run);

    assertThat(reader.get(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void anInterruptIsKeptAndBreaksNothing() throws SQLException {
    try (Connection connection = connect()) {
      Thread.currentThread().interrupt();
      assertThat(ask(connection, "SELECT pg_sleep(0.2)")).isEmpty();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void rowsGoBothWaysByCopy() throws SQLException, IOException {
    byte[] rows = "0123456789\\n and more of it\n".repeat(400_000).getBytes(US_ASCII);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE t (a text)");
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThat(copy.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(rows)))
          .isEqualTo(400_000);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      copy.copyOut("COPY t TO STDOUT", back);
      assertThat(back.toByteArray()).isEqualTo(rows);
      ByteArrayInputStream bad =
          new ByteArrayInputStream((new String(rows, US_ASCII) + "a\tb\n").getBytes(US_ASCII));
      assertThatThrownBy(() -> copy.copyIn("COPY t FROM STDIN", bad))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P04"));
      assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo("400000");
    }
  }

  private static DecantException refused(FoundServer found, String database) {
    DecantException error =
        catchThrowableOfType(
            DecantException.class, () -> found.address().connect(database).close());
    assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
    assertThat(error.code().retryable()).isFalse();
    assertThat(error).hasMessageNotContaining("rejected establishment");
    return error;
  }

  private FoundServer ann(Map<String, String> more) {
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("PGHOST", "127.0.0.1");
    environment.put("PGPORT", port());
    environment.putIfAbsent("PGUSER", "ann");
    return find(environment);
  }

  @Test
  void aMissingPasswordIsToldWithThePlacesForIt() {
    assertThat(refused(ann(Map.of()), "postgres"))
        .hasMessageContainingAll(
            "127.0.0.1:" + port(), "as ann", "none was given", "PGPASSWORD", "~/.pgpass");
  }

  @Test
  void aWrongPasswordAndAnUnknownRoleDoNotPass() {
    assertThat(refused(ann(Map.of("PGPASSWORD", "wrong")), "postgres"))
        .hasMessageContainingAll("ann", "Check the role, its password")
        .hasMessageNotContaining("wrong");
    assertThat(refused(ann(Map.of("PGUSER", "nobody_here", "PGPASSWORD", "x")), "postgres"))
        .hasMessageContaining("nobody_here");
    assertThat(refused(find(Map.of("PGPORT", port(), "PGUSER", "ann")), "postgres"))
        .hasMessageContainingAll("name of your account", "PGHOST=localhost");
  }

  @Test
  void aMissingRightAndAMissingDatabaseDoNotPass() {
    FoundServer ann = ann(Map.of("PGPASSWORD", "right"));
    assertThat(refused(ann, "closed")).hasMessageContainingAll("closed", "GRANT CONNECT");
    assertThat(refused(ann, "not_there")).hasMessageContainingAll("not_there", "database's name");
  }

  @Test
  void aServerThatIsDownMayComeUp() {
    FoundServer down = find(Map.of("PGHOST", home.toString(), "PGPORT", "6000"));

    assertThatThrownBy(() -> down.address().connect("postgres"))
        .hasMessageContainingAll(
            home + "/.s.PGSQL.6000", "No server listens at this socket", "No such file")
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
  }

  @Test
  void aLineOfThePasswordFileForOneDatabaseServesTheServer() throws Exception {
    Path file =
        Files.createFile(
            home.resolve(".pgpass"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "127.0.0.1:" + port() + ":app:ann:right\n");

    FoundServer ann = ann(Map.of());

    assertThat(ann.password()).hasValue(file.toString());
    try (Connection connection = ann.address().connect("postgres")) {
      assertThat(ask(connection, "SELECT current_user")).isEqualTo("ann");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refused(ann(Map.of()), "postgres")).hasMessageContaining("chmod 600");
  }
}
