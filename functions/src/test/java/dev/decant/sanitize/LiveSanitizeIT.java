package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveDatabase;
import dev.decant.progress.Progress;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A live database gives the snapshot that its dump gives, byte for byte. */
@Needs(Component.PG_DUMP)
final class LiveSanitizeIT {
  private static final PostgresVersion VERSION = PostgresVersion.V17;

  @TempDir Path folder;

  /** The two larger scripts need a server of version 14 or later, and a pg_dump of it. */
  static Stream<Arguments> databases() {
    return Stream.concat(
        Stream.of(PostgresVersion.values()).map(version -> Arguments.of("options", version)),
        PgDump.found().stream()
            .map(PgDump::version)
            .flatMap(
                version ->
                    Stream.of("kitchen-sink", "round-trip")
                        .map(name -> Arguments.of(name, version))));
  }

  @ParameterizedTest(name = "{0}, server {1}")
  @MethodSource("databases")
  void givesTheSnapshotOfItsDump(String name, PostgresVersion version) throws Exception {
    PgDump program = LiveDatabase.pgDump(version);
    try (PlainDatabase database = KeptDatabases.database(version)) {
      KeptDatabases.execute(
          database,
          """
          CREATE TABLE many_pages AS SELECT i AS id, repeat(md5(i::text), 20) AS filler
            FROM generate_series(1, 9000) i;
          DELETE FROM many_pages WHERE id % 7 = 0;
          UPDATE many_pages SET filler = repeat('x', 9000) WHERE id % 1000 = 1;
          """);
      program.psql(database, KeptDatabases.fixture(name, database, folder));
      if (version == PostgresVersion.V18 && !name.equals("options")) {
        program.psql(database, KeptDatabases.fixture(name + "-18", database, folder));
      }
      String policy = KeptDatabases.policy(database);
      Path dump = folder.resolve("dump");
      program.dumpInto(dump, database, "-Fc", "--encoding=UTF8");
      String ofDump;
      try (Source source = Sources.open(dump.toString())) {
        ofDump = published(source, policy);
      }
      try (Source source = LiveDatabase.open(database.url(), version)) {
        assertThat(published(source, policy)).hasSizeGreaterThan(5_000_000).isEqualTo(ofDump);
      } finally {
        KeptDatabases.execute(database, "DROP SUBSCRIPTION IF EXISTS incoming");
      }
    }
  }

  @Test
  void problemsOfKeysAndOfDdlAfterTheRowsAreFoundBeforeTheFirstRow() throws Exception {
    try (PlainDatabase database = PlainDatabase.on(VERSION)) {
      KeptDatabases.execute(
          database,
          """
          CREATE TABLE person (id int PRIMARY KEY, email text UNIQUE);
          CREATE TABLE visit (id int PRIMARY KEY, email text REFERENCES person (email));
          COMMENT ON CONSTRAINT person_email_key ON person IS 'ask jane.roe@hospital-north.org';
          INSERT INTO person VALUES (1, 'a@example.com');
          INSERT INTO visit VALUES (1, 'a@example.com');
          """);
      String policy =
          """
          version: 1
          tables:
            public.person: { keep: [id], columns: { email: { mask: pick, values: [x, y] } } }
            public.visit: { keep: [id], columns: { email: email } }
          """;
      List<String> stages = new ArrayList<>();
      Progress notes =
          new Progress() {
            @Override
            public void stage(String name, long total, String unit) {
              stages.add(name);
            }
          };
      try (Source source = LiveDatabase.open(database.url(), VERSION)) {
        SanitizeRequest request =
            Shop.builder(source, SmallDump.policy(policy), new MemorySnapshotStore(), folder)
                .progress(notes)
                .build();
        assertThatThrownBy(() -> Sanitization.run(request))
            .isInstanceOfSatisfying(
                DecantException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID))
            .hasMessageContaining("table public.person, column email: ")
            .hasMessageContaining("table public.visit, column email: ")
            .hasMessageContaining("COMMENT ON CONSTRAINT person_email_key ON public.person");
      }
      assertThat(stages).contains("first look").doesNotContain("load");
    }
  }

  private String published(Source source, String policy) {
    MemorySnapshotStore store = new MemorySnapshotStore();
    Sanitization.run(
        Shop.builder(source, SmallDump.policy(policy), store, folder.resolve("work")).build());
    return SmallDump.text(store);
  }
}
