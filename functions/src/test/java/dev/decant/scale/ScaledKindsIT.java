package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.live.LiveDatabase;
import dev.decant.manifest.Manifest;
import dev.decant.sanitize.KeptDatabases;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases with objects of all kinds, and policies that do more than mask single values. */
@Needs(Component.PG_DUMP)
final class ScaledKindsIT {
  @TempDir Path folder;

  private static SnapshotStore publishesLikeOneProcess(ScaledRun run) {
    run.planAndChunks();
    run.finish();
    SnapshotStore alone = run.alone();
    assertThat(ScaledRun.text(run.store)).isEqualTo(ScaledRun.text(alone));
    Manifest scaled = ScaledRun.manifest(run.store);
    Manifest single = ScaledRun.manifest(alone);
    assertThat(scaled.tables()).isEqualTo(single.tables());
    assertThat(scaled.rowsIn()).isEqualTo(single.rowsIn());
    assertThat(scaled.sql()).isEqualTo(single.sql());
    assertThat(scaled.anchors()).isEqualTo(single.anchors());
    return run.store;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kitchen-sink", "round-trip", "options"})
  void objectsOfAllKindsAreThoseOfOneProcess(String fixture) throws Exception {
    PgDump program = LiveDatabase.pgDump(PostgresVersion.V18);
    try (PlainDatabase source = KeptDatabases.database(PostgresVersion.V18)) {
      program.psql(source, KeptDatabases.fixture(fixture, source, folder));
      if (!fixture.equals("options")) {
        program.psql(source, KeptDatabases.fixture(fixture + "-18", source, folder));
      }
      String policy =
          KeptDatabases.policy(source).replace("large-objects: keep", "large-objects: empty");
      try (ScaledRun run = new ScaledRun(source, policy, folder)) {
        run.scratch.asSuperuser("ALTER ROLE " + run.scratch.name() + " SUPERUSER");
        publishesLikeOneProcess(run);
      } finally {
        KeptDatabases.execute(source, "DROP SUBSCRIPTION IF EXISTS incoming");
      }
    }
  }

  @Test
  void policyThatChangesRowsGivesTheRowsOfOneProcess() throws Exception {
    String schema =
        """
        CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, name text,
          born date, seen date, fill text DEFAULT repeat('f', 700));
        INSERT INTO users SELECT i, 'person' || i || '@mail.example.org', 'Name ' || i,
          DATE '1960-01-01' + i, DATE '2025-01-01' + i % 300 FROM generate_series(1, 6000) i;
        INSERT INTO users VALUES (9000, 'admin@mail.example.org', 'Admin', '1980-01-01', NULL);
        CREATE TABLE visits (user_id bigint REFERENCES users, at date) PARTITION BY RANGE (at);
        CREATE TABLE visits_a PARTITION OF visits FOR VALUES FROM ('2024-01-01') TO ('2025-06-01');
        CREATE TABLE visits_b PARTITION OF visits FOR VALUES FROM ('2025-06-01') TO ('2027-01-01');
        INSERT INTO visits SELECT 1 + i % 6000, DATE '2025-03-01' + i % 200
          FROM generate_series(1, 3000) i;
        CREATE TABLE nothing ();
        INSERT INTO nothing DEFAULT VALUES;
        """;
    String policy =
        """
        version: 1
        tables:
          public.users:
            columns:
              email: email
              name: full-name
              born: { mask: date-shift, days: 30, by: id }
              seen: { mask: date-shift, days: 30, by: id }
            keep: [id, fill]
            rows: { where: { column: email, not-equals: person17@mail.example.org } }
          public.visits:
            columns: { at: { mask: date-shift, days: 20 } }
            keep: [user_id]
          public.nothing: { keep: [] }
        anchors:
          admin: { table: public.users, where: { column: email, equals: admin@mail.example.org } }
        sql:
          - UPDATE users SET name = 'changed ' || id WHERE id % 10 = 0
          - DELETE FROM visits WHERE user_id < 10
        """;
    try (PlainDatabase source = ScaledRunIT.database(schema)) {
      ScaledRunIT.execute(source, "DELETE FROM visits WHERE user_id = 17");
      try (ScaledRun run = new ScaledRun(source, policy, folder)) {
        Manifest manifest = ScaledRun.manifest(publishesLikeOneProcess(run));
        assertThat(manifest.anchors()).containsKey("admin");
      }
    }
  }
}
