package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * If a policy keeps every column, a restored snapshot is the database that the raw dump restores:
 * pg_dump writes the same text for both, rows included, after a script has removed from the latter
 * what decant removes.
 */
@Needs(Component.PG_DUMP)
final class KeptDumpIT {
  private static final Path FIXTURES = Path.of("src/test/fixtures/dump");

  private static final String POLICY =
      """
      SELECT E'version: 1\\nlarge-objects: keep\\ntables:\\n' || string_agg(
        format(E'  %s: { keep: [%s] }\\n', to_json(format('%I.%I', nspname, relname)), columns), '')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL (
        SELECT string_agg(to_json(attname)::text, ', ' ORDER BY attnum) AS columns
        FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') a
      WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND nspname NOT IN ('pg_catalog', 'information_schema')
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  static Stream<Arguments> databases() {
    return PgDump.found().stream()
        .flatMap(
            program ->
                Stream.of("kitchen-sink", "round-trip").map(name -> Arguments.of(name, program)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("databases")
  void isDumpedTheSameAsTheRawDump(String name, PgDump program) throws Exception {
    compare(name, program, "");
  }

  /** Options that change the form of a dump, but not what it contains. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Fc",
        "-Ft",
        "-Fd",
        "--inserts",
        "--inserts --on-conflict-do-nothing --quote-all-identifiers",
        "--rows-per-insert=7 --column-inserts --load-via-partition-root --verbose",
        "--quote-all-identifiers --load-via-partition-root --use-set-session-authorization",
        "--create --clean --if-exists --no-owner --no-privileges --enable-row-security",
        "--statistics"
      })
  void anotherFormOfDumpIsTheSameDatabase(String options) throws Exception {
    PgDump newest = PgDump.found().getLast();
    if (!options.equals("--statistics") || newest.version() == PostgresVersion.V18) {
      compare("round-trip", newest, options);
    }
  }

  private void compare(String name, PgDump program, String options) throws Exception {
    PostgresVersion version = program.version();
    try (PlainDatabase source = database(version);
        PlainDatabase raw = database(version);
        PlainDatabase kept = database(version)) {
      program.psql(source, fixture(name, source));
      if (version == PostgresVersion.V18) {
        program.psql(source, fixture(name + "-18", source));
      }
      program.dumpInto(folder.resolve("raw.sql"), source);
      Path dump = folder.resolve("dump");
      program.dumpInto(dump, source, options.isEmpty() ? new String[0] : options.split(" ", -1));
      String policy = query(source, POLICY);
      execute(source, "DROP SUBSCRIPTION IF EXISTS incoming");
      program.psql(raw, folder.resolve("raw.sql"));
      program.psql(raw, fixture(name + "-removed", raw));
      execute(raw, "REASSIGN OWNED BY decant_reader, " + source.name() + " TO CURRENT_USER");
      sanitize(dump, policy);
      program.psql(kept, Files.writeString(folder.resolve("kept.sql"), SmallDump.text(store)));

      List<String> expected = entries(program, raw);
      List<String> found = entries(program, kept);
      assertThat(List.of(without(expected, found), without(found, expected)))
          .as("the entries of only one dump")
          .isEqualTo(List.of(List.of(), List.of()));
      assertThat(found).hasSizeGreaterThan(50).isEqualTo(expected);
    }
  }

  /** The script of a database, with the names of this database and of its owner. */
  private Path fixture(String name, PlainDatabase database) throws IOException {
    String script = Files.readString(FIXTURES.resolve(name + ".sql"));
    return Files.writeString(
        folder.resolve("fixture.sql"),
        script
            .replace("DATABASE kitchen ", "DATABASE " + database.name() + " ")
            .replace("FOR postgres ", "FOR PUBLIC "));
  }

  private void sanitize(Path dump, String policy) {
    try (Source source = Sources.open(dump.toString())) {
      Sanitization.run(
          Shop.builder(source, SmallDump.policy(policy), store, folder.resolve("work"))
              .full(true)
              .build());
    }
  }

  /** The objects of a dump, each with its comment, but without owners and privileges. */
  private static List<String> entries(PgDump program, PlainDatabase database) {
    String dump = program.dump(database, "--no-owner", "--no-privileges");
    return List.of(
        dump.replaceAll("(?m)^\\\\(un)?restrict .*\n", "").split("\n--\n-- (?=\\w+)", -1));
  }

  private static PlainDatabase database(PostgresVersion version) throws SQLException {
    PlainDatabase database = PlainDatabase.on(version);
    database.asSuperuser("ALTER ROLE " + database.name() + " SUPERUSER");
    database.asSuperuser(
        """
        DO $$ BEGIN
          IF to_regrole('decant_reader') IS NULL THEN CREATE ROLE decant_reader; END IF;
        END $$
        """);
    return database;
  }

  private static List<String> without(List<String> entries, List<String> others) {
    return entries.stream().filter(entry -> !others.contains(entry)).toList();
  }

  private static void execute(PlainDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PlainDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
