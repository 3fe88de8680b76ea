package dev.decant.sanitize;

import static dev.decant.sanitize.KeptDatabases.entries;
import static dev.decant.sanitize.KeptDatabases.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.source.Sources;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dumps with the options of pg_dump, of each version that this machine has. If a policy keeps every
 * column, the restored snapshot is the same database as the restored dump, rows included.
 */
@Needs(Component.PG_DUMP)
final class DumpOptionsIT {
  /** Options that change only the form of a dump. */
  private static final List<String> FORMS =
      List.of(
          "-Fc",
          "-Fc -Z0",
          "-Fc -Z lz4",
          "-Fc -Z zstd",
          "-Fd",
          "-Fd -Z0",
          "-Fd -Z lz4",
          "-Fd -Z zstd",
          "-Ft",
          "-Z6",
          "-Z zstd",
          "-Fc --inserts",
          "-Ft --column-inserts",
          "--inserts",
          "--column-inserts --on-conflict-do-nothing",
          "--rows-per-insert=3",
          "--load-via-partition-root",
          "--load-via-partition-root --inserts",
          "--load-via-partition-root --rows-per-insert=7 --column-inserts",
          "--quote-all-identifiers",
          "--quote-all-identifiers --inserts",
          "--use-set-session-authorization",
          "--no-owner --no-privileges",
          "--clean --create --if-exists",
          "--clean --if-exists --quote-all-identifiers",
          "--create --verbose",
          "--enable-row-security",
          "--disable-triggers",
          "--encoding=LATIN1",
          "--no-tablespaces --no-security-labels --no-publications --no-subscriptions",
          "--statistics");

  /** Options that leave something out. */
  private static final List<String> PARTS =
      List.of(
          "-n app",
          "-n other -b",
          "-N other",
          "-t app.nothing -t app.log",
          "-t app.log -t other.*",
          "--exclude-table-data=app.log",
          "--exclude-table-data=app.orders* --inserts",
          "-T app.totals -T app.open_orders",
          "--no-comments",
          "--no-blobs");

  /** The other options are tried with the oldest and the newest pg_dump only, to save time. */
  private static final String FOR_EACH_VERSION =
      "-F.*|--inserts|--load-via-partition-root --inserts|-n app";

  @TempDir static Path shared = Path.of("set by JUnit");
  private static final Map<PgDump, PlainDatabase> SOURCES = new HashMap<>();

  @TempDir Path folder;

  static Stream<Arguments> forms() {
    return each(FORMS);
  }

  static Stream<Arguments> parts() {
    return Stream.concat(
        each(PARTS), each(List.of("-Fc -n app", "-Fd --exclude-table-data=app.log", "-Ft -N app")));
  }

  static List<PgDump> programs() {
    return PgDump.found();
  }

  private static Stream<Arguments> each(List<String> options) {
    return PgDump.found().stream()
        .flatMap(
            program ->
                options.stream().filter(o -> knows(program, o)).map(o -> Arguments.of(program, o)));
  }

  private static boolean knows(PgDump program, String options) {
    boolean outermost =
        program.equals(PgDump.found().getFirst()) || program.equals(PgDump.found().getLast());
    return (outermost || options.matches(FOR_EACH_VERSION))
        && (!options.contains("--statistics") || program.version().major() >= 18)
        && (!options.contains("-Z lz4") || program.compresses("lz4"))
        && (!options.contains("-Z zstd") || program.compresses("zstd"));
  }

  @AfterAll
  static void dropSources() throws SQLException {
    for (PlainDatabase source : SOURCES.values()) {
      source.close();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("forms")
  void anotherFormIsTheSameDatabase(PgDump program, String options) throws Exception {
    compare(program, options, "");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("parts")
  void aPartIsWhatItsDumpRestores(PgDump program, String options) throws Exception {
    compare(program, options, options.replaceAll("-F[cdt] ", ""));
  }

  /**
   * The rows of --data-only need the definitions, which stand in a file of their own. pg_dump
   * writes REFRESH into neither of the two.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void twoFilesAreTheSameDatabase(PgDump program) throws Exception {
    for (String options : List.of("", "--disable-triggers", "--inserts", "-Fc")) {
      Path schema = dump(program, "schema", "--schema-only");
      Path rows = dump(program, "rows", ("--data-only " + options).trim());
      compare(
          program,
          rows,
          new SourceChoice(null, null, schema.toString()),
          "",
          "REFRESH MATERIALIZED VIEW app.totals WITH NO DATA");
    }
  }

  /** The parts of --section, one after the other in one file. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void sectionsInOneFileAreTheSameDatabase(PgDump program) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String section : List.of("pre-data", "data", "post-data")) {
      all.append(Files.readString(dump(program, section, "--section=" + section)));
    }
    Path file = Files.writeString(folder.resolve("sections.sql"), all);
    compare(program, file, SourceChoice.ALL, "", "");
  }

  private void compare(PgDump program, String options, String same) throws Exception {
    compare(program, dump(program, "dump", options), SourceChoice.ALL, same, "");
  }

  /**
   * Compares the snapshot of a dump with the database of a plain dump with these options, in which
   * a statement was run.
   */
  private void compare(
      PgDump program, Path dump, SourceChoice choice, String options, String statement)
      throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    try (PlainDatabase raw = KeptDatabases.database(program.version());
        PlainDatabase kept = KeptDatabases.database(program.version())) {
      Path plain = dump(program, "raw.sql", options + " --no-owner");
      String missing = missing(Files.readString(plain));
      KeptDatabases.execute(raw, missing);
      KeptDatabases.execute(kept, missing.replaceAll("CREATE SCHEMA \\w+;", ""));
      program.psql(raw, plain);
      KeptDatabases.execute(raw, statement);
      try (Source opened = Sources.open(dump.toString(), choice)) {
        Path work = Files.createTempDirectory(folder, "work");
        Sanitization.run(
            Shop.builder(opened, SmallDump.policy(KeptDatabases.policy(raw)), store, work).build());
      }
      program.psql(kept, Files.writeString(folder.resolve("kept.sql"), SmallDump.text(store)));
      List<String> expected = entries(program, raw);
      List<String> found = entries(program, kept);
      assertThat(List.of(without(expected, found), without(found, expected)))
          .as("the entries of only one dump")
          .isEqualTo(List.of(List.of(), List.of()));
      assertThat(found).hasSizeGreaterThan(5).isEqualTo(expected);
    }
  }

  /**
   * What psql needs before a dump of some tables. The snapshot creates schemas itself, but not an
   * extension that the dump does not have.
   */
  private static String missing(String dump) {
    StringBuilder missing = new StringBuilder();
    for (String schema : List.of("app", "other")) {
      if (!dump.contains("CREATE SCHEMA " + schema) && dump.contains(" " + schema + ".")) {
        missing.append("CREATE SCHEMA ").append(schema).append(";");
      }
    }
    if (dump.contains("public.citext") && !dump.contains("CREATE EXTENSION")) {
      missing.append("CREATE EXTENSION citext;");
    }
    return missing.toString();
  }

  private Path dump(PgDump program, String file, String options) throws Exception {
    Path into = folder.resolve(file + "-" + options.hashCode());
    if (!Files.exists(into)) {
      List<String> all = new ArrayList<>(List.of(options.split(" ", -1)));
      all.removeIf(String::isEmpty);
      program.dumpInto(into, source(program), all.toArray(String[]::new));
    }
    return into;
  }

  private static PlainDatabase source(PgDump program) throws Exception {
    if (!SOURCES.containsKey(program)) {
      PlainDatabase source = KeptDatabases.database(program.version());
      SOURCES.put(program, source);
      program.psql(source, KeptDatabases.fixture("options", source, shared));
    }
    return Objects.requireNonNull(SOURCES.get(program));
  }
}
