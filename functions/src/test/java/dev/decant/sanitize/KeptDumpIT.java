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
import java.nio.file.Files;
import java.nio.file.Path;
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
    try (PlainDatabase source = KeptDatabases.database(version);
        PlainDatabase raw = KeptDatabases.database(version);
        PlainDatabase kept = KeptDatabases.database(version)) {
      program.psql(source, KeptDatabases.fixture(name, source, folder));
      if (version == PostgresVersion.V18) {
        program.psql(source, KeptDatabases.fixture(name + "-18", source, folder));
      }
      program.dumpInto(folder.resolve("raw.sql"), source);
      Path dump = folder.resolve("dump");
      program.dumpInto(dump, source, options.isEmpty() ? new String[0] : options.split(" ", -1));
      String policy = KeptDatabases.policy(source);
      KeptDatabases.execute(source, "DROP SUBSCRIPTION IF EXISTS incoming");
      program.psql(raw, folder.resolve("raw.sql"));
      program.psql(raw, KeptDatabases.fixture(name + "-removed", raw, folder));
      KeptDatabases.execute(
          raw, "REASSIGN OWNED BY decant_reader, " + source.name() + " TO CURRENT_USER");
      sanitize(dump, policy);
      program.psql(kept, Files.writeString(folder.resolve("kept.sql"), SmallDump.text(store)));

      List<String> expected = KeptDatabases.entries(program, raw);
      List<String> found = KeptDatabases.entries(program, kept);
      assertThat(
              List.of(
                  KeptDatabases.without(expected, found), KeptDatabases.without(found, expected)))
          .as("the entries of only one dump")
          .isEqualTo(List.of(List.of(), List.of()));
      assertThat(found).hasSizeGreaterThan(50).isEqualTo(expected);
    }
  }

  private void sanitize(Path dump, String policy) {
    try (Source source = Sources.open(dump.toString())) {
      Sanitization.run(
          Shop.builder(source, SmallDump.policy(policy), store, folder.resolve("work"))
              .full(true)
              .build());
    }
  }
}
