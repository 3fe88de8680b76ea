package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.load.Unverified;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.pull.DatabaseNaming;
import dev.decant.pull.Pull;
import dev.decant.pull.PullRequest;
import dev.decant.pull.PullTarget;
import dev.decant.pull.Questions;
import dev.decant.pull.Selection;
import dev.decant.scratch.LocalServer;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.Superuser;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The functions of a dump try to run a program, to read and write files, and to get more rights, in
 * every place where functions are called. None of them succeeds.
 */
class DumpRightsIT {
  private static final List<String> DURING_A_RUN =
      List.of(
          "default",
          "generated",
          "check",
          "domain",
          "index",
          "partition",
          "cast",
          "operator",
          "aggregate",
          "matview",
          "step");

  private static final List<String> BY_A_DEVELOPER = List.of("view", "trigger", "rule", "policy");

  /** A folder in which the account of the server may write, unlike a folder of JUnit. */
  private Path folder = Path.of("");

  @TempDir Path work;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @BeforeEach
  void plantASecret() throws IOException {
    folder = Files.createTempDirectory("decant-rights");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @AfterEach
  void remove() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void assertNothingWasMade() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("secret"));
    }
  }

  private String probes() throws IOException {
    return Files.readString(Path.of("src/test/resources/rights/probes.sql"))
        .replace("FOLDER", folder.toString());
  }

  private static Policy policy() {
    StringBuilder yaml =
        new StringBuilder(
            """
            version: 1
            tables:
              public.customer: { keep: [id, name, note, nick] }
              public.event: { keep: [id, kind] }
            sql:
              - update public.event set kind = 'b' where public.holds('step', 'x')
            assertions:
              - { name: asks, sql: "select public.holds('assertion', 'x')", equals: t }
              - { name: nothing leaked, sql: select is_called from public.leaked, equals: f }
            """);
    for (String site : DURING_A_RUN) {
      yaml.append(
          "  - { name: %s, sql: select is_called from public.reached_%s, equals: t }\n"
              .formatted(site, site));
    }
    return new PolicyParser(MaskCatalog.standard())
        .parse("policy.yaml", yaml.toString().getBytes(UTF_8), PolicyFiles.none(), Map.of());
  }

  private SanitizeResult sanitize(PostgresVersion version) throws IOException {
    Path dump = Files.writeString(work.resolve("probes.sql"), probes());
    try (Source source = Sources.open(dump.toString())) {
      return Sanitization.run(
          Shop.builder(source, policy(), store, work)
              .full(true)
              .options(version.options())
              .build());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V14", "V16", "V18"})
  void noPlaceOfADumpReachesOutOfTheScratchDatabase(PostgresVersion version) throws Exception {
    SanitizeResult result = sanitize(version);

    assertThat(result).isInstanceOf(SanitizeResult.Published.class);
    assertNothingWasMade();
    assertThat(result.notVerified())
        .extracting(Unverified.Item::object)
        .containsExactlyInAnyOrder(
            "FUNCTION public.handler",
            "LANGUAGE mine",
            "FUNCTION public.in_mine",
            "FUNCTION public.process",
            "CAST (bigint AS public.pair)",
            "VIEW public.of_process");
  }

  @Test
  void rowsThatNeedWhatOnlyASuperuserMayCreateEndTheRun() throws Exception {
    Path dump =
        Files.writeString(
            work.resolve("needs.sql"),
            """
            --
            -- PostgreSQL database dump
            --
            SET client_encoding = 'UTF8';
            CREATE FUNCTION public.process() RETURNS integer LANGUAGE c AS 'libc.so.6', 'getpid';
            CREATE TABLE public.t (id integer) PARTITION BY LIST ((public.process()));
            COPY public.t (id) FROM stdin;
            1
            \\.
            --
            -- PostgreSQL database dump complete
            --

            """);
    String yaml = "version: 1\ntables:\n  public.t: { keep: [id] }\n";
    Policy policy =
        new PolicyParser(MaskCatalog.standard())
            .parse("policy.yaml", yaml.getBytes(UTF_8), PolicyFiles.none(), Map.of());

    assertThatThrownBy(() -> Shop.run(dump, policy, store, work))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("public.t")
        .hasMessageEndingWith(
            "It may need one of these objects, which could not be created either:"
                + " FUNCTION public.process.");
    assertThat(store.list("")).isEmpty();
  }

  /** Otherwise the absence of files would prove nothing. */
  @Test
  void theProbesOfASuperuserSucceed() throws Exception {
    try (ScratchDatabase database = PostgresVersion.V18.server().create("control");
        Connection superuser = Superuser.of(PostgresVersion.V18.server(), database);
        Statement statement = superuser.createStatement()) {
      statement.setEscapeProcessing(false);
      String text = probes();
      int begin = text.indexOf("CREATE FUNCTION public.attempt");
      statement.execute(text.substring(begin, text.indexOf("CREATE FUNCTION public.site")));
      statement.execute("CREATE SCHEMA ext; CREATE EXTENSION dblink SCHEMA ext");
      statement.execute("CREATE SEQUENCE reached_x; CREATE SEQUENCE leaked");
      statement.execute("BEGIN");
      assertThatAttemptRuns(statement);
      statement.execute("ROLLBACK");
    }
    assertThat(folder.resolve("program-x")).exists();
    assertThat(folder.resolve("file-x")).exists();
  }

  private static void assertThatAttemptRuns(Statement statement) {
    try {
      statement.execute("SELECT public.attempt('x')");
    } catch (SQLException e) {
      // As a superuser, programs and files succeed, and other errors follow.
      assertThat(e.getSQLState()).isEqualTo("ZZ001");
    }
  }

  @Test
  void noPlaceOfASnapshotReachesOutOfAnEmbeddedServerThatItIsPulledTo() throws Exception {
    sanitize(PostgresVersion.V18);
    Path state = Files.createTempDirectory("decant-state");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
    ScratchOptions options = ScratchOptions.of(Map.of());
    try {
      LocalServer.Access access = LocalServer.start(options, List.of(state));
      FoundServer server = FoundServer.own(access.owner(), access.administrator(), "--embedded");
      Pull.run(
          new PullRequest(
              new PullRequest.Source(store, Shop.NAME, null, null),
              Selection.ALL,
              new PullTarget.OnServer(server, new DatabaseNaming("mine", false, false)),
              2,
              Questions.NOBODY,
              Progress.NONE));
      work(access.owner());
    } finally {
      LocalServer.stop(options, List.of(state));
      dev.decant.scratch.Folders.delete(state);
    }
    assertNothingWasMade();
    assertThat(store.stat(Shop.NAME.key(SnapshotName.MANIFEST))).isPresent();
  }

  /** Runs the remaining probes, which a developer calls as the owner. */
  private static void work(ServerAddress owner) throws SQLException {
    try (Connection connection = owner.connect("mine");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT * FROM public.shown");
      statement.execute("INSERT INTO public.customer (id, name, nick) VALUES (3, 'New', 'n')");
      statement.execute("DELETE FROM public.event_default");
      statement.execute("CREATE TABLE public.own AS SELECT 1; DROP TABLE public.own");
      statement.execute("CREATE SCHEMA own; CREATE EXTENSION pg_trgm SCHEMA own");
      statement.execute("ALTER DATABASE mine SET work_mem = '8MB'");
      assertThat(one(statement, "SELECT is_called FROM public.leaked")).isEqualTo("f");
      for (String site : BY_A_DEVELOPER.subList(0, 3)) {
        assertThat(one(statement, "SELECT is_called FROM public.reached_" + site))
            .as(site)
            .isEqualTo("t");
      }
      assertThat(one(statement, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
