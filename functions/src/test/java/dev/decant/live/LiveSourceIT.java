package dev.decant.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.Component;
import dev.decant.testing.CuttingProxy;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Needs(Component.PG_DUMP)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LiveSourceIT {
  private static final PostgresVersion VERSION = PostgresVersion.V15;
  private static final int ACCOUNTS = 100_000;
  private static final Pattern BALANCE = Pattern.compile("(?m)^\\d+\t(-?\\d+)\tx+$");

  private static PlainDatabase database;
  private static String reader;

  @TempDir Path folder;

  @BeforeAll
  static void create() throws SQLException {
    database = PlainDatabase.on(VERSION);
    reader = database.name() + "_reader";
    execute(
        """
        CREATE SCHEMA bank;
        CREATE TABLE bank.accounts WITH (fillfactor = 60) AS SELECT i AS id, 100 AS balance, repeat('x', 100) AS filler
          FROM generate_series(1, %d) i;
        ALTER TABLE bank.accounts ADD PRIMARY KEY (id);
        CREATE SEQUENCE bank.numbers;
        CREATE TABLE bank.secrets (id integer);
        """
            .formatted(ACCOUNTS));
    database.asSuperuser("CREATE ROLE " + reader + " LOGIN PASSWORD 'plain'");
    database.asSuperuser("GRANT pg_read_all_data TO " + reader);
  }

  @AfterAll
  static void drop() throws SQLException {
    try (PlainDatabase closed = database) {
      closed.asSuperuser("DROP ROLE " + reader);
    }
  }

  private static void execute(String sql) throws SQLException {
    execute(database, sql);
  }

  private static void execute(PlainDatabase in, String sql) throws SQLException {
    try (Connection connection = in.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static String url(String role) {
    return database.url().replaceFirst("//[^:]+", "//" + role);
  }

  private static Source open() {
    return LiveDatabase.open(url(reader), VERSION);
  }

  private static String text(Source source) throws IOException {
    try (source;
        DumpStream stream = DumpStream.open(source)) {
      String text = new String(stream.text().readAllBytes(), UTF_8);
      stream.finish();
      assertThat(stream.compressedRead()).isEqualTo(stream.compressedTotal()).isPositive();
      return text;
    }
  }

  @Test
  void nameAndUriAreThoseOfTheDatabaseAndItsTime() {
    try (Source source = open()) {
      assertThat(source.fileName()).matches(database.name() + "_\\d{8}-\\d{6}");
      assertThat(source.uri())
          .matches("postgresql://127\\.0\\.0\\.1:\\d+/" + database.name())
          .doesNotContain("plain@", "@");
      assertThat(source.etag()).matches("\\d+/" + database.name() + "@[0-9A-F/]+#[\\d:,]+");
      assertThat(source.rowBytes().values()).anyMatch(bytes -> bytes > 10_000_000);
    }
  }

  @Test
  void sumOfTheBalancesHoldsWhileMoneyMoves() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger transfers = new AtomicInteger();
    Thread writer = Thread.ofPlatform().start(() -> transfer(over, transfers));
    try {
      while (transfers.get() < 100) {
        Thread.sleep(5);
      }
      for (int i = 0; i < 6; i++) {
        int before = transfers.get();
        assertThat(sum(text(open()))).isEqualTo(ACCOUNTS * 100L);
        assertThat(transfers.get()).as("transfers while it was read").isGreaterThan(before + 20);
      }
    } finally {
      over.set(true);
      writer.join();
    }
  }

  /** Moves money from rows of the first half to rows of the second half, which keep their pages. */
  private static void transfer(AtomicBoolean over, AtomicInteger transfers) {
    int half = ACCOUNTS / 2;
    Random random = new Random(1);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        int from = 1 + random.nextInt(half);
        statement.execute(
            "UPDATE bank.accounts SET balance = balance + CASE id WHEN %1$d THEN -1 ELSE 1 END"
                .concat(" WHERE id IN (%1$d, %2$d)")
                .formatted(from, from + half));
        transfers.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long sum(String text) {
    long sum = 0;
    int rows = 0;
    for (Matcher row = BALANCE.matcher(text); row.find(); rows++) {
      sum += Long.parseLong(row.group(1));
    }
    assertThat(rows).isEqualTo(ACCOUNTS);
    return sum;
  }

  @Test
  void missingRightsAreListedWithTheGrantsThatGiveThem() throws Exception {
    String role = database.name() + "_weak";
    database.asSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD 'plain'");
    try {
      DecantException refused =
          catchThrowableOfType(
              DecantException.class, () -> LiveDatabase.open(url(role), VERSION).close());
      assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
      assertThat(refused)
          .hasMessageContaining(
              "2 tables and 1 sequence: bank.accounts, bank.secrets, bank.numbers");
      Matcher grants = Pattern.compile("GRANT [^;]+;").matcher(refused.getMessage());
      StringBuilder all = new StringBuilder();
      while (grants.find()) {
        if (!grants.group().contains("pg_read_all_data")) {
          all.append(grants.group());
        }
      }
      execute(all.toString());
      assertThat(text(LiveDatabase.open(url(role), VERSION))).contains("COPY bank.accounts");
    } finally {
      execute(
          """
          REVOKE ALL ON ALL TABLES IN SCHEMA bank FROM %1$s;
          REVOKE ALL ON ALL SEQUENCES IN SCHEMA bank FROM %1$s;
          REVOKE ALL ON SCHEMA bank FROM %1$s;
          """
              .formatted(role));
      database.asSuperuser("DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V13", "V15", "V18"})
  void largeObjectsThatTheRoleMayNotReadAreListed(PostgresVersion version) throws Exception {
    try (PlainDatabase other = PlainDatabase.on(version)) {
      String role = other.name() + "_lo";
      other.asSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD 'plain'");
      try {
        String url = other.url().replaceFirst("//[^:]+", "//" + role);
        execute(other, "SELECT lo_from_bytea(4711, 'a'); GRANT USAGE ON SCHEMA public TO " + role);
        assertThatThrownBy(() -> LiveDatabase.open(url, version).close())
            .hasMessageContaining("may not read 1 large object: 4711.")
            .hasMessageContaining("GRANT SELECT ON LARGE OBJECT 4711 TO \"" + role + "\";");
        execute(other, "GRANT SELECT ON LARGE OBJECT 4711 TO " + role);
        LiveDatabase.open(url, version).close();
      } finally {
        execute(other, "SELECT lo_unlink(4711); REVOKE ALL ON SCHEMA public FROM " + role);
        other.asSuperuser("DROP ROLE " + role);
      }
    }
  }

  @Test
  void rowsThatRowSecurityMayHideAreRefused() throws Exception {
    execute("ALTER TABLE bank.secrets ENABLE ROW LEVEL SECURITY");
    try {
      assertThatThrownBy(LiveSourceIT::open)
          .hasMessageContaining("bank.secrets")
          .hasMessageContaining("BYPASSRLS");
    } finally {
      execute("ALTER TABLE bank.secrets DISABLE ROW LEVEL SECURITY");
    }
  }

  @Test
  void timeoutsOfTheRoleDoNotApply() throws Exception {
    for (String setting :
        new String[] {"statement_timeout", "idle_in_transaction_session_timeout"}) {
      database.asSuperuser("ALTER ROLE " + reader + " SET " + setting + " = '50ms'");
    }
    try (Source source = open()) {
      Thread.sleep(200);
      assertThat(text(source)).contains("COPY bank.accounts");
    } finally {
      database.asSuperuser("ALTER ROLE " + reader + " RESET ALL");
    }
  }

  @Test
  void waitForALockIsBounded() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE bank.secrets IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(LiveSourceIT::open).hasMessageContaining("lock");
      connection.rollback();
    }
  }

  @Test
  void tableCannotBeTruncatedBeforeItIsRead() throws Exception {
    try (Source source = open()) {
      assertThatThrownBy(() -> execute("SET lock_timeout = '100ms'; TRUNCATE bank.accounts"))
          .hasMessageContaining("lock timeout");
      assertThat(source.size()).isEqualTo(-1);
    }
  }

  @Test
  void lostConnectionIsAnErrorThatMayPass() throws Exception {
    URI server = URI.create(database.url());
    // The answers to the other statements are shorter, so a cut comes while rows are copied.
    try (CuttingProxy proxy = new CuttingProxy(server.getPort(), 10, Long.MAX_VALUE, 2_000_000);
        Source source =
            LiveDatabase.open(
                url(reader).replace(":" + server.getPort(), ":" + proxy.port()), VERSION)) {
      assertThatThrownBy(() -> text(source))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
      assertThat(proxy.cuts()).isPositive();
    }
    assertNothingRuns();
  }

  @Test
  void lostSnapshotIsNoticedEvenIfAllRowsWereRead() throws Exception {
    try (Source source = open();
        DumpStream stream = DumpStream.open(source)) {
      InputStream text = stream.text();
      assertThat(text.readNBytes(20_000)).hasSize(20_000);
      awaitSessions("5");
      database.asSuperuser(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
              + reader
              + "' ORDER BY backend_start LIMIT 1");
      assertThatThrownBy(
              () -> {
                text.transferTo(java.io.OutputStream.nullOutputStream());
                stream.finish();
              })
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
    }
    assertNothingRuns();
  }

  @Test
  void closeEndsWhatTheServerStillDoes() throws Exception {
    try (Source source = open();
        DumpStream stream = DumpStream.open(source)) {
      assertThat(stream.text().readNBytes(20_000)).hasSize(20_000);
    }
    assertNothingRuns();
  }

  @Test
  void closeEndsPgDumpWhileItReadsTheSchema() throws Exception {
    Path slow =
        Files.writeString(
            folder.resolve("pg_dump"),
            "#!/bin/sh\n[ $# = 1 ] && echo 'pg_dump (PostgreSQL) 99.0' && exit; exec sleep 300\n");
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    long begun = System.nanoTime();
    try (Source source = LiveDatabase.open(url(reader), slow, false);
        DumpStream stream = DumpStream.open(source)) {
      assertThat(stream.compressedRead()).isZero();
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(15);
    assertNothingRuns();
  }

  private static void assertNothingRuns() throws Exception {
    awaitSessions("0");
    assertThat(ProcessHandle.current().children().filter(LiveSourceIT::isPgDump)).isEmpty();
  }

  private static void awaitSessions(String count) throws Exception {
    String sessions = "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + reader + "'";
    for (int i = 0; i < 100 && !query(sessions).equals(count); i++) {
      Thread.sleep(50);
    }
    assertThat(query(sessions)).isEqualTo(count);
  }

  private static boolean isPgDump(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains("pg_dump");
  }

  @Test
  void pgDumpRunsOnceForTheTextWithoutRowsAndTheTextWithThem() throws Exception {
    Path calls = folder.resolve("calls");
    Path counting =
        Files.writeString(
            folder.resolve("pg_dump"),
            "#!/bin/sh\n[ $# = 1 ] || echo call >> %s\nexec %s \"$@\"\n"
                .formatted(calls, LiveDatabase.pgDump(VERSION).program()));
    assertThat(counting.toFile().setExecutable(true)).isTrue();
    try (Source source = LiveDatabase.open(url(reader), counting, false)) {
      String withoutRows;
      try (DumpStream stream = DumpStream.openOutline(source)) {
        withoutRows = new String(stream.text().readAllBytes(), UTF_8);
        stream.finish();
        assertThat(stream.compressedRead()).isZero();
      }
      assertThat(withoutRows)
          .contains("COPY bank.accounts (id, balance, filler) FROM stdin;\n\\.\n");
      assertThat(BALANCE.matcher(text(source)).replaceAll("").replaceAll("\n+", "\n"))
          .isEqualTo(withoutRows.replaceAll("\n+", "\n"));
    }
    assertThat(calls).hasContent("call");
  }

  @Test
  void errorOfPgDumpIsShown() throws Exception {
    Path failing =
        Files.writeString(
            folder.resolve("pg_dump"),
            """
            #!/bin/sh
            [ $# = 1 ] && echo 'pg_dump (PostgreSQL) 99.0' && exit
            echo 'pg_dump: error: server version mismatch' >&2
            echo 'pg_dump: detail: this and that' >&2
            echo 'pg_dump: hint: no' >&2
            exit 1
            """);
    assertThat(failing.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> text(LiveDatabase.open(url(reader), failing, false)))
        .hasMessageContaining(": error: server version mismatch; detail: this and that. Check");
  }

  @Test
  void pgDumpThatIsTooOldOrAbsentIsNamed() throws Exception {
    Path old =
        Files.writeString(folder.resolve("old"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.1'\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> LiveDatabase.open(url(reader), old, false))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining("pg_dump 15 or newer")
        .hasMessageContaining("Found: pg_dump 12 (" + old + ")")
        .hasMessageContaining("postgresql-client-15");
    assertThatThrownBy(() -> LiveDatabase.open(url(reader), folder.resolve("none"), false))
        .hasMessageContaining("none is no pg_dump. Install it");
  }

  @Test
  void serverThatExportsNoSnapshotMustBeStatic() throws Exception {
    String function = "FUNCTION pg_catalog.pg_export_snapshot()";
    PlainDatabase closed = PlainDatabase.on(VERSION);
    try (closed) {
      closed.asSuperuser("ALTER ROLE " + closed.name() + " SUPERUSER");
      try (Connection connection = closed.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t AS SELECT 1 AS id");
        statement.execute("REVOKE EXECUTE ON " + function + " FROM PUBLIC");
        statement.execute("GRANT USAGE ON SCHEMA public TO " + reader);
      }
      String url = closed.url().replaceFirst("//[^:]+", "//" + reader);
      Path program = LiveDatabase.pgDump(VERSION).program();
      assertThatThrownBy(() -> LiveDatabase.open(url, program, false))
          .hasMessageContaining("--static-source");
      try (Source source = LiveDatabase.open(url, program, true)) {
        String identity = source.etag();
        assertThat(text(source)).contains("COPY public.t (id) FROM stdin;\n1\n\\.\n");
        try (Source again = LiveDatabase.open(url, program, true)) {
          assertThat(again.etag()).isEqualTo(identity);
        }
      }
    }
  }

  /** An extension may mark some rows of its tables as those that a dump contains. */
  @Test
  void rowsOfAnExtensionAreThoseThatItsConditionChooses() throws Exception {
    try (PlainDatabase other = PlainDatabase.on(VERSION)) {
      other.asSuperuser("ALTER ROLE " + other.name() + " SUPERUSER");
      execute(
          other,
          """
          CREATE EXTENSION citext;
          CREATE TABLE setting AS SELECT i AS id FROM generate_series(1, 3) i;
          CREATE TABLE preset AS SELECT 1 AS id;
          ALTER EXTENSION citext ADD TABLE setting;
          ALTER EXTENSION citext ADD TABLE preset;
          UPDATE pg_extension SET extconfig = ARRAY['setting'::regclass::oid],
            extcondition = ARRAY['WHERE id > 1'] WHERE extname = 'citext';
          """);
      assertThat(text(LiveDatabase.open(other.url(), VERSION)))
          .contains("COPY public.setting (id) FROM stdin;\n2\n3\n\\.\n")
          .doesNotContain("preset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
  void rowsInAnotherEncodingAreThoseOfADump(String encoding) throws Exception {
    String name = database.name() + "_" + encoding.toLowerCase(Locale.ROOT);
    database.asSuperuser(
        "CREATE DATABASE %s OWNER %s ENCODING '%s' LOCALE 'C' TEMPLATE template0"
            .formatted(name, database.name(), encoding));
    String url = database.url().replaceFirst("/[^/]+$", "/" + name);
    try (Connection connection = LiveDatabase.address(url).connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (name text)");
      statement.execute(
          "INSERT INTO t VALUES (convert_from('\\x4dfc6c6c6572', '" + encoding + "'))");
    }
    Path dump = folder.resolve("dump");
    LiveDatabase.pgDump(VERSION)
        .dumpInto(dump, url, encoding.equals("LATIN1") ? "--encoding=UTF8" : "--verbose", "-Fc");
    assertThat(bytes(LiveDatabase.open(url, VERSION)))
        .isEqualTo(bytes(Sources.open(dump.toString())))
        .contains(encoding.equals("LATIN1") ? "M\u00c3\u00bcller" : "M\u00fcller");
  }

  /** The text of a source, with a character for each byte. */
  private static String bytes(Source source) throws IOException {
    try (source;
        DumpStream stream = DumpStream.open(source)) {
      return new String(stream.text().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    try (LiveSession session =
        LiveSession.open(
            LiveDatabase.address(database.url()),
            new LiveOptions(
                Map.of(), Optional.empty(), 1, false, LiveOptions.LOCK_WAIT, Optional.empty()))) {
      assertThat(query("SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"))
          .isEqualTo("0");
      SnapshotReaders readers = new SnapshotReaders(LiveDatabase.address(database.url()), session);
      try (readers) {
        assertThatThrownBy(
                () ->
                    readers.use(
                        "writing",
                        connection -> {
                          try (Statement statement = connection.createStatement()) {
                            statement.execute("DELETE FROM bank.accounts");
                          }
                        }))
            .hasMessageContaining("25006");
      }
    }
  }
}
