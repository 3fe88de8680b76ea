package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

final class EmbeddedScratchServerIT {
  @TempDir(factory = ServerFolder.class)
  Path folder;

  private ScratchServer open() {
    return ScratchServers.open("embedded", RunEnds.options(folder));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Test
  void closingLeavesNothing() throws Exception {
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("one");
        Connection connection = database.connect()) {
      assertThat(ask(connection, "SELECT current_database()")).isEqualTo(database.name());
      assertThat(RunEnds.processes(folder)).isNotEmpty();
    }
    assertThat(RunEnds.processes(folder)).isEmpty();
    assertThat(RunEnds.runs(folder)).isEmpty();
  }

  /**
   * At a deadline, another thread closes the server, and that thread is interrupted when the run
   * ends.
   */
  @Test
  void whoClosesSecondFindsNothingLeftEither() throws Exception {
    ScratchServer server = open();
    Thread first = Thread.ofPlatform().start(server::close);
    while (first.getState() == Thread.State.NEW || first.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    first.interrupt();

    server.close();

    assertThat(RunEnds.runs(folder)).isEmpty();
    assertThat(RunEnds.processes(folder)).isEmpty();
    first.join();
  }

  @Test
  void tellsWhatItIs() {
    try (ScratchServer server = open()) {
      assertThat(server.description()).matches("embedded 18\\.\\d+");
      assertThat(server.version()).isBetween(180000, 189999);
      assertThat(server.extensions())
          .contains("citext", "hstore", "pgcrypto", "pg_trgm", "ltree", "uuid-ossp", "btree_gist")
          .doesNotContain("postgis", "plperl", "plpython3u", "hstore_plperl");
      assertThat(server.freeBytes()).isPositive();
    }
  }

  @Test
  void everyExtensionThatItTellsCanBeCreated() throws SQLException {
    try (ScratchServer server = open()) {
      java.util.Map<String, String> extensions = new java.util.TreeMap<>();
      server.extensions().forEach(name -> extensions.put(name, "public"));
      assertThat(extensions).hasSizeGreaterThan(40);
      extensions.put("plpgsql", "pg_catalog");
      try (ScratchDatabase database = server.create("all", extensions);
          Connection connection = database.connect()) {
        assertThat(ask(connection, "SELECT count(*) FROM pg_extension"))
            .isEqualTo(Integer.toString(extensions.size()));
      }
    }
  }

  @Test
  void theRoleOfADumpHasNoRightBeyondItsDatabases() throws SQLException {
    try (ScratchServer server = open();
        ScratchDatabase database =
            server.create(
                "rights",
                java.util.Map.of("dblink", "ext", "postgres_fdw", "public", "citext", "ext"));
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              ask(
                  connection,
                  "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
                      + " FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
      assertThat(
              ask(
                  connection,
                  "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole"))
          .isEqualTo("0");
      for (String forbidden :
          new String[] {
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('PG_VERSION')",
            "SELECT lo_import('/etc/hostname')",
            "SELECT ext.dblink_connect('host=127.0.0.1 port=1')",
            "SET ROLE " + DataTemplate.SUPERUSER
          }) {
        assertThatThrownBy(() -> statement.execute(forbidden))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
      statement.execute(
          "SET session_replication_role = replica;"
              + "CREATE TABLE t (a ext.citext); CREATE SCHEMA other;"
              + "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1');"
              + "CREATE FOREIGN TABLE f (a int) SERVER far");
      assertThatThrownBy(() -> statement.execute("SELECT * FROM f"))
          .hasMessageContaining("has no handler");
    }
  }

  @Test
  void knowsLettersBeyondAscii() throws SQLException {
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("letters");
        Connection connection = database.connect()) {
      assertThat(ask(connection, "SELECT lower('ÄÖÉЖ') || upper('ß')")).isEqualTo("äöéжß");
      assertThat(ask(connection, "SHOW TimeZone")).isEqualTo("UTC");
    }
  }

  @Test
  void copiesADatabaseWithItsUnloggedRows() throws SQLException {
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("original")) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE UNLOGGED TABLE t AS SELECT generate_series(1, 1000) AS n");
      }
      try (ScratchDatabase copy = server.copy(database, "copy");
          Connection connection = copy.connect()) {
        assertThat(ask(connection, "SELECT sum(n) FROM t")).isEqualTo("500500");
      }
      try (Connection connection = database.connect()) {
        assertThat(ask(connection, "SELECT count(*) FROM pg_database")).isEqualTo("4");
      }
    }
  }

  @Test
  void lostServerIsToldAsUnavailable() throws Exception {
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("lost");
        Connection connection = database.connect()) {
      String pid = ask(connection, "SELECT pg_backend_pid()");
      assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly()).isTrue();
      // A crash would empty the UNLOGGED tables, so the server must not restart.
      RunEnds.awaitNoProcesses(folder);
      assertThatThrownBy(database::connect)
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
    }
  }

  @Test
  void takesNobodyButThisRun() throws Exception {
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("private");
        Connection connection = database.connect()) {
      assertThat(ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      try (Connection superuser = Superuser.of(server, database)) {
        assertThat(ask(superuser, "SHOW unix_socket_directories")).isEmpty();
        assertThat(
                ask(
                    superuser,
                    "SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256%') AND count(*) = 2"
                        + " FROM pg_authid WHERE rolcanlogin"))
            .isEqualTo("t");
        assertThat(
                ask(
                    superuser,
                    "SELECT bool_and(auth_method = 'scram-sha-256') FROM pg_hba_file_rules"))
            .isEqualTo("t");
      }
      String url = "jdbc:postgresql://127.0.0.1:" + ask(connection, "SHOW port") + "/postgres";
      assertThatThrownBy(() -> DriverManager.getConnection(url, DataTemplate.SUPERUSER, ""))
          .isInstanceOf(SQLException.class);
      String templates = Files.readString(cached("password").getFirst(), StandardCharsets.UTF_8);
      assertThatThrownBy(() -> DriverManager.getConnection(url, DataTemplate.SUPERUSER, templates))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      Path server0 = RunEnds.runs(folder).getFirst().resolve("server");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server0)))
          .isEqualTo("rwx------");
    }
  }

  private java.util.List<Path> cached(String name) throws IOException {
    Path cache = RunEnds.options(folder).cache(ServerUser.current());
    try (var files = Files.find(cache, 3, (path, attributes) -> path.endsWith(name))) {
      return files.toList();
    }
  }

  @Test
  void noRowReachesTheLog() throws Exception {
    String canary = "canary-4711";
    try (ScratchServer server = open();
        ScratchDatabase database = server.create("canary");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a text UNIQUE, n int CHECK (n > 0))");
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      byte[][] bad = {
        (canary + "\t1\n" + canary + "\t1\n").getBytes(StandardCharsets.UTF_8),
        ("x\t" + canary + "\n").getBytes(StandardCharsets.UTF_8),
        (canary + "\t-1\n").getBytes(StandardCharsets.UTF_8)
      };
      for (byte[] rows : bad) {
        assertThatThrownBy(
                () -> copy.copyIn("COPY t FROM STDIN", new java.io.ByteArrayInputStream(rows)))
            .isInstanceOf(SQLException.class);
      }
      for (String sql :
          new String[] {
            "SELECT '" + canary + "'::int",
            "SELECT '" + canary + "' FROM FROM",
            "DO $$ BEGIN RAISE WARNING '"
                + canary
                + "'; RAISE LOG '"
                + canary
                + "';"
                + " RAISE EXCEPTION '"
                + canary
                + "'; END $$"
          }) {
        assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
      }
      Path run = RunEnds.runs(folder).getFirst();
      assertThat(Files.readString(run.resolve("server.log"))).isEmpty();
      assertThat(filesWith(run, canary)).isEmpty();
    }
  }

  /** The files that contain a text, apart from the tables and the WAL of the data directory. */
  private static java.util.List<Path> filesWith(Path run, String text) throws IOException {
    try (var files = Files.walk(run)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*/data/(base|pg_wal)/.*"))
          .filter(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                  return false;
                }
              })
          .toList();
    }
  }

  @Test
  void killedRunIsEndedByItsPipe() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder)) {
      child.await("ready");
      assertThat(RunEnds.processes(folder)).isNotEmpty();
      child.kill();
      RunEnds.awaitNoProcesses(folder);
    }
    assertThat(RunEnds.runs(folder)).hasSize(1);
    try (ScratchServer next = open()) {
      assertThat(next.freeBytes()).isPositive();
      assertThat(RunEnds.runs(folder)).hasSize(1);
    }
    assertThat(RunEnds.runs(folder)).isEmpty();
  }

  @Test
  void serverWithoutOwnerIsSwept() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder)) {
      child.await("ready");
      // The watching process and its shell are killed first, so that nothing is left that could
      // end the server. The order matters, because the JVM closes the pipe of a child that has
      // ended.
      for (ProcessHandle process : child.descendants().reversed()) {
        if (process.info().command().orElse("").matches(".*/(da|ba)?sh")) {
          process.destroyForcibly();
        }
      }
      child.kill();
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(RunEnds.processes(folder)).isNotEmpty();
    }
    assertThat(ScratchServers.sweepEmbedded(RunEnds.options(folder))).isEqualTo(1);
    assertThat(RunEnds.processes(folder)).isEmpty();
    assertThat(RunEnds.runs(folder)).isEmpty();
    assertThat(ScratchServers.sweepEmbedded(RunEnds.options(folder))).isZero();
  }

  @Test
  void interruptedRunLeavesNothing() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder)) {
      child.await("ready");
      child.signal("INT");
      child.awaitEnd();
      RunEnds.awaitNoProcesses(folder);
      assertThat(RunEnds.runs(folder)).isEmpty();
    }
  }

  @Test
  void livingRunsOfOtherProcessesAreNotSwept() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder);
        ChildJvm other = ChildJvm.start(folder)) {
      child.await("ready");
      other.await("ready");
      try (ScratchServer server = open()) {
        assertThat(server.freeBytes()).isPositive();
        assertThat(RunEnds.runs(folder)).hasSize(3);
        assertThat(ScratchServers.sweepEmbedded(RunEnds.options(folder))).isZero();
      }
      assertThat(child.end()).isZero();
      assertThat(other.end()).isZero();
    }
    assertThat(RunEnds.runs(folder)).isEmpty();
  }

  @Test
  void severalServersOfOneProcessAreNotSweptByAnother() throws Exception {
    try (ScratchServer one = open();
        ScratchServer two = open()) {
      assertThat(ScratchServers.sweepEmbedded(RunEnds.options(folder))).isZero();
      // The child sweeps before it starts.
      try (ChildJvm child = ChildJvm.start(folder)) {
        child.await("ready");
        assertThat(child.end()).isZero();
      }
      for (ScratchServer server : java.util.List.of(one, two)) {
        try (ScratchDatabase database = server.create("alive");
            Connection connection = database.connect()) {
          assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
        }
      }
    }
  }

  @Test
  void processesThatFindAnEmptyCacheFillItOnce() throws Exception {
    Path cache = folder.resolve("cache");
    java.util.Map<String, String> environment = java.util.Map.of("DECANT_CACHE", cache.toString());
    String classPath = System.getProperty("java.class.path");
    try (ChildJvm one = ChildJvm.start(java.util.List.of(), classPath, folder, environment);
        ChildJvm two = ChildJvm.start(java.util.List.of(), classPath, folder, environment)) {
      one.await("ready");
      two.await("ready");
      assertThat(one.end()).isZero();
      assertThat(two.end()).isZero();
    }
    try (var entries = Files.list(cache.resolve("postgres"))) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .hasSize(3)
          .noneMatch(name -> name.startsWith(".half"));
    }
    damageHeals(cache);
  }

  /** All cases use the same folder, because unpacking takes seconds. */
  private void damageHeals(Path cache) throws IOException {
    ScratchOptions options = new ScratchOptions(cache, folder, null);
    Path postgres = find(cache, "bin/postgres");
    Path control = find(cache, "global/pg_control");
    // The file is made shorter, is deleted, and gets other content of the same size.
    Files.write(postgres, new byte[10]);
    opens(options);
    Files.delete(find(cache, "libpq.so.5.18"));
    opens(options);
    Files.write(control, new byte[(int) Files.size(control)]);
    opens(options);
    byte[] zeros = new byte[(int) Files.size(find(cache, "bin/postgres"))];
    Files.write(find(cache, "bin/postgres"), zeros);
    opens(options);
    Files.delete(find(cache, "manifest"));
    opens(options);
  }

  private static void opens(ScratchOptions options) {
    try (ScratchServer server = ScratchServers.open("embedded", options)) {
      assertThat(server.version()).isPositive();
    }
  }

  private static Path find(Path cache, String end) throws IOException {
    try (var files = Files.find(cache, 9, (path, attributes) -> path.endsWith(end))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void placesThatCannotServeAreToldWithWaysOut() {
    ScratchOptions options = RunEnds.options(folder);
    assertThatThrownBy(
            () ->
                ScratchServers.open(
                    "embedded",
                    new ScratchOptions(
                        options.cacheFolder(), folder, Path.of("/nonexistent/postgres"))))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "DECANT_POSTGRES is neither an installation of PostgreSQL (with bin/postgres) nor an"
                + " archive of one: /nonexistent/postgres. Name one of them, or unset it to use the"
                + " PostgreSQL in decant's jar.");
    assertThatThrownBy(
            () ->
                ScratchServers.open(
                    "embedded", new ScratchOptions(Path.of("/proc/no"), folder, null)))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("Choose another folder with DECANT_CACHE");
  }
}
