package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.refresh.Refresh;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Canaries;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No value of a row is in anything that the commands write which read snapshots, dumps and
 * databases, when the rows consist of canaries and a stage of the command fails.
 */
final class CanaryReadersIT {
  private static final String TABLES = "public.t: { keep: [id, c, n] }\n";

  /** Functions that fail on the server of the readers, but not on the one that sanitizes. */
  private static final String FUNCTIONS =
      """
      CREATE FUNCTION public.raising(v text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
        IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname LIKE 'plain%') THEN
          RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = v, DETAIL = v, HINT = v, TABLE = v,
            COLUMN = v, CONSTRAINT = v, DATATYPE = v, SCHEMA = v;
        END IF;
        RETURN v;
      END $$;
      CREATE FUNCTION public.casting(v text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
        IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname LIKE 'plain%') THEN RETURN (v::integer)::text; END IF;
        RETURN v;
      END $$;
      CREATE FUNCTION public.naming(v text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
        IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname LIKE 'plain%') THEN RETURN v::regclass; END IF;
        RETURN v;
      END $$;
      """;

  @TempDir Path folder;
  private PlainDatabase database;
  private CapturedCli cli;
  private CanaryEvidence evidence;

  @BeforeEach
  void begin() throws SQLException {
    database = PlainDatabase.on(PostgresVersion.V18);
    database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
    evidence = new CanaryEvidence();
    cli = cli(Map.of());
  }

  @AfterEach
  void end() throws SQLException {
    evidence.close();
    database.close();
  }

  private CapturedCli cli(Map<String, String> more) {
    String key = Base64.getEncoder().encodeToString(ShopSnapshot.KEY.publicKey().getEncoded());
    Map<String, String> environment =
        new java.util.HashMap<>(
            Map.of(
                "DECANT_VERIFY_KEY", key,
                "DECANT_STORE", folder.resolve("store").toString(),
                "DECANT_STATE", folder.resolve("state").toString(),
                "STAGING_PASSWORD", "plain",
                "PATH", System.getenv("PATH")));
    environment.putAll(more);
    CapturedCli made = new CapturedCli(environment);
    made.add("refresh", new RefreshCommand(made.console(), evidence.watching(Refresh::run)));
    return made;
  }

  private void publish(String ddl) {
    try (SnapshotStore store = Stores.open(folder.resolve("store").toString())) {
      DumpSnapshot.publish(store, FUNCTIONS + CanaryFault.rows() + ddl, TABLES, false);
    }
  }

  private void run(int exitCode, String says, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--debug"));
    int ended = cli.run(all.toArray(String[]::new));
    evidence.add("stdout", cli.out());
    evidence.add("stderr", cli.err());
    evidence.addFiles("store", folder.resolve("store"));
    evidence.assertNoCanary();
    assertThat(ended).as(cli.err()).isEqualTo(exitCode);
    assertThat(cli.err() + cli.out()).contains(says);
  }

  private void refresh(int exitCode, String says, String more) throws IOException {
    URI url = URI.create(database.url());
    Path targets = folder.resolve("targets.yaml");
    Files.writeString(
        targets,
        """
        version: 1
        targets:
          staging:
            database: postgresql://%1$s@%2$s:%3$d/%1$s
            password-env: STAGING_PASSWORD
            allow-refresh: true
            confirm: %2$s
            snapshots: shop/production
        """
                .formatted(database.name(), url.getHost(), url.getPort())
            + more.indent(4));
    run(
        exitCode,
        says,
        "refresh",
        "--target",
        "staging",
        "--targets",
        targets.toString(),
        "--confirm",
        url.getHost());
  }

  private void inStaging(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.replace("TEXT", Canaries.TEXT).replace("NUMBER", Canaries.NUMBER));
    }
  }

  /** The last statements of the dump; each of them fails over the rows in the new database. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ONLY public.t ADD CONSTRAINT k CHECK ((public.raising(c) IS NOT NULL));",
        "ALTER TABLE ONLY public.t ADD CONSTRAINT k CHECK ((public.naming(c) IS NOT NULL));",
        "CREATE INDEX k ON public.t USING btree (public.casting(c));",
        "CREATE UNIQUE INDEX k ON public.t USING btree (id, public.raising(c));",
        "CREATE MATERIALIZED VIEW public.v AS SELECT public.raising(c) FROM public.t WITH NO"
            + " DATA;\nREFRESH MATERIALIZED VIEW public.v;"
      })
  void ofThoseThatRestore(String ddl) throws IOException {
    publish(ddl + "\n");
    int exitCode = ddl.contains("raising") ? 13 : 12;
    refresh(exitCode, "", "");
    cli = cli(Map.of());
    run(exitCode, "", "pull", "--server", database.url(), "--into", database.name() + "_pull");
    cli = cli(Map.of());
    int verdict = ddl.contains("naming") ? 0 : 13;
    run(verdict, "restore", "verify", "--scratch", database.url());
    cli = cli(Map.of());
    Path policy = Files.writeString(folder.resolve("policy.yaml"), "version: 1\ntables: {}\n");
    run(
        13,
        verdict == 0 ? "The policy" : "restore",
        "evidence",
        "--output",
        folder.resolve("evidence.zip").toString(),
        "--policy",
        policy.toString(),
        "--scratch",
        database.url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12 | sql: [ "update t set id = c::int" ]
          12 | sql: [ "do $$ declare v text := (select max(c) from t); begin raise exception using message = v, detail = v, table = v, errcode = '42P01'; end $$" ]
          12 | sql: [ "insert into t select id, c::regclass, n from t" ]
          12 | sql: [ "create unique index on t (c)" ]
          13 | assertions: [ { name: a, sql: select max(c) from t, equals: 1 } ]
          13 | assertions: [ { name: a, sql: "select max(c)::int from t", equals: 1 } ]
          12 | privileges: [ "do $$ begin execute format('grant select on t to %I', (select max(c) from t)); end $$" ]
          """)
  void ofTheTargetsOwnSql(int exitCode, String more) throws IOException {
    publish("");
    refresh(exitCode, "", more);
  }

  /** Rows of staging's own tables, which do not fit the new database. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          13 | CREATE TABLE t (id int PRIMARY KEY, c text, n bigint) | CREATE TABLE kept (c text, id int CONSTRAINT k REFERENCES t, n bigint) | kept
          13 | CREATE TABLE t (id int PRIMARY KEY, c text, n bigint) | CREATE TABLE kept (id int UNIQUE, c text, n bigint) | t
          15 | CREATE TABLE t (id int PRIMARY KEY, c text, n text) | CREATE TABLE kept (id int, c text, n bigint) | t
          13 | CREATE TABLE t (id int PRIMARY KEY, c text, n bigint) | CREATE TABLE kept (id int, c text, n bigint); ALTER TABLE t DROP CONSTRAINT t_pkey; INSERT INTO t VALUES (917384650, 'TEXT', 3) | t
          """)
  void ofTablesThatStagingKeeps(int exitCode, String table, String other, String kept)
      throws IOException, SQLException {
    publish(
        """
        ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.t ADD CONSTRAINT few CHECK ((id < 917384650));
        """);
    inStaging(table + "; INSERT INTO t VALUES (917384650, 'TEXT', NUMBER); " + other);
    inStaging("INSERT INTO kept (id, c, n) VALUES (917384650, 'TEXT', NUMBER)");

    refresh(exitCode, "public.", "keep-tables: [public." + kept + "]");
  }

  @Test
  void ofAProgramOfAHookInALogOfJsonLines() throws IOException {
    publish("");
    cli = cli(Map.of("DECANT_LOG_FORMAT", "json"));
    refresh(
        13,
        "",
        "hooks: { after: [ { command: [sh, -c, 'echo "
            + Canaries.TEXT
            + "; echo "
            + Canaries.OTHER
            + " >&2; exit 3'], within: 5s } ] }");
  }

  @Test
  void ofInitCheckAndExplain() throws IOException, SQLException {
    Path dump = Files.write(folder.resolve("dump.sql"), CanaryFault.file(CanaryFault.rows()));
    Path policy = folder.resolve("policy.yaml");
    run(0, "", "init", dump.toString(), "--output", policy.toString());
    evidence.add("policy", Files.readString(policy));
    cli = cli(Map.of());
    run(0, "", "check", dump.toString(), "--policy", policy.toString(), "--json");
    cli = cli(Map.of());
    run(0, "", "explain", dump.toString(), "--policy", policy.toString());
    inStaging(
        "create table t (id int, c text, n bigint, j jsonb);"
            + " insert into t select g, 'TEXT', NUMBER, '{\"TEXT\": \"TEXT\"}'"
            + " from generate_series(1, 50) g");
    cli = cli(Map.of());
    run(0, "", "init", database.url(), "--output", folder.resolve("of-database.yaml").toString());
    evidence.add("policy", Files.readString(folder.resolve("of-database.yaml")));
    evidence.assertNoCanary();
  }
}
