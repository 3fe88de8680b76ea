package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.live.LiveDatabase;
import dev.decant.testing.Canaries;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No value of a row is in anything that the commands of {@code decant scale} write, when the rows
 * of the database consist of canaries and a command fails.
 */
@Needs(Component.PG_DUMP)
final class CanaryScaleIT {
  private static final PostgresVersion SOURCE = PostgresVersion.V15;

  /** A table, and a function that fails in the scratch database, but not in the source. */
  private static final String TABLE =
      """
      CREATE FUNCTION public.raising(v text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
        IF pg_catalog.current_database() NOT LIKE 'plain%%' THEN
          RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = v, DETAIL = v, HINT = v, TABLE = v,
            COLUMN = v, CONSTRAINT = v, DATATYPE = v, SCHEMA = v;
        END IF;
        RETURN v;
      END $$;
      CREATE TABLE t (id int, c text, copy text, n bigint);
      INSERT INTO t VALUES (1, '%1$s', '%1$s', %2$s), (2, '%3$s', '', %2$s);
      """
          .formatted(Canaries.TEXT, Canaries.NUMBER, Canaries.OTHER);

  @TempDir Path folder;
  private PlainDatabase source;
  private PlainDatabase scratch;
  private CanaryEvidence evidence;

  @BeforeEach
  void begin() throws SQLException {
    source = PlainDatabase.on(SOURCE);
    scratch = PlainDatabase.on(PostgresVersion.V18);
    scratch.asSuperuser("ALTER ROLE " + scratch.name() + " CREATEDB");
    evidence = new CanaryEvidence();
  }

  @AfterEach
  void end() throws SQLException {
    evidence.close();
    scratch.close();
    source.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          13 | ALTER TABLE t ADD CONSTRAINT k CHECK (public.raising(c) <> '') | c: keep |
          13 | CREATE UNIQUE INDEX k ON t (public.raising(c))                 | c: keep |
          12 |                                                                | c: keep | sql: [ "update t set id = c::int" ]
          13 |                                                                | c: keep | assertions: [ { name: a, sql: select max(c) from t, equals: 1 } ]
          13 |                                                                | c: { mask: scramble, trace: true } |
          """)
  void aFaultShowsNoRow(int exitCode, @Nullable String ddl, String rule, @Nullable String more)
      throws IOException, SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE + (ddl == null ? "" : ddl));
    }
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "version: 1\ntables: { public.t: { keep: [id, copy, n], columns: { "
                + rule
                + " } } }\n"
                + (more == null ? "" : more));
    run(0, policy, "plan", source.url(), "--static-source", "--name", "n");
    run(0, policy, "chunk", "--item", "0");
    run(exitCode, policy, "finish");
  }

  private void run(int exitCode, Path policy, String... arguments) {
    CapturedCli cli =
        new CapturedCli(
            Map.of(
                "DECANT_KEY", "A".repeat(43) + "=",
                "DECANT_PG_DUMP", LiveDatabase.pgDump(SOURCE).program().toString(),
                "PATH", System.getenv("PATH")));
    List<String> all = new ArrayList<>(List.of("scale"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--run", "r1", "--policy", policy.toString(), "--debug"));
    all.addAll(List.of("--scratch", scratch.url(), "--to", folder.resolve("store").toString()));
    int ended = cli.run(all.toArray(String[]::new));
    evidence.add("stdout", cli.out());
    evidence.add("stderr", cli.err());
    evidence.assertNoCanary();
    assertThat(ended).as(cli.err()).isEqualTo(exitCode);
  }
}
