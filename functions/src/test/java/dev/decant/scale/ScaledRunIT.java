package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.Manifest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of several processes gives the snapshot that one process gives. */
@Needs(Component.PG_DUMP)
final class ScaledRunIT {
  static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, born date, note text);
      INSERT INTO users SELECT i, 'person' || i || '@mail.example.org', DATE '1960-01-01' + i,
        repeat('n', 300) || i FROM generate_series(1, 12000) i;
      CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, total numeric);
      INSERT INTO orders SELECT i, 1 + i % 12000, i / 100.0 FROM generate_series(1, 30000) i;
      CREATE TABLE empty (id int);
      CREATE SEQUENCE counter;
      SELECT setval('counter', 42);
      CREATE VIEW totals AS SELECT user_id, sum(total) FROM orders GROUP BY 1;
      CREATE MATERIALIZED VIEW sums AS SELECT count(*) FROM orders;
      CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE events_a PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE events_b PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      INSERT INTO events SELECT i, DATE '2025-06-01' + i % 400 FROM generate_series(1, 2000) i;
      CREATE TABLE logs (id int, line text);
      INSERT INTO logs SELECT i, repeat('x', 100) FROM generate_series(1, 1000) i;
      """;

  static final String POLICY =
      """
      version: 1
      tables:
        public.users:
          columns: { email: email, born: { mask: date-shift, days: 30 }, note: text }
          keep: [id]
        public.orders: { keep: [id, user_id, total] }
        public.empty: { keep: [id] }
        public.events: { keep: [id, at] }
        public.logs: truncate
      """;

  @TempDir Path folder;

  static PlainDatabase database(String sql) throws SQLException {
    PlainDatabase database = PlainDatabase.on(PostgresVersion.V18);
    execute(database, sql);
    return database;
  }

  static void execute(PlainDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      // The server counts changes of rows late. A source that nobody writes to has counted them.
      statement.execute("SELECT pg_catalog.pg_stat_force_next_flush()");
    }
  }

  @Test
  void givesTheSnapshotOfOneProcess() throws SQLException {
    givesTheSnapshotOfOneProcess(new MemorySnapshotStore(), false);
  }

  @Test
  void givesTheSameInS3AndRestoresIt() throws SQLException {
    String bucket = S3Server.running().newBucket();
    try (SnapshotStore store = Stores.open("s3://" + bucket + "/sanitized")) {
      givesTheSnapshotOfOneProcess(store, true);
    }
  }

  private void givesTheSnapshotOfOneProcess(SnapshotStore store, boolean full) throws SQLException {
    try (PlainDatabase source = database(SCHEMA);
        ScaledRun run = new ScaledRun(source, POLICY, folder, store)) {
      run.full = full;
      assertThat(run.planAndChunks()).isGreaterThan(5);
      assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);

      SnapshotStore alone = run.alone();
      assertThat(ScaledRun.text(run.store)).isEqualTo(ScaledRun.text(alone));
      Manifest scaled = ScaledRun.manifest(run.store);
      Manifest single = ScaledRun.manifest(alone);
      assertThat(scaled.tables()).isEqualTo(single.tables());
      assertThat(run.store.list(".scale/")).isEmpty();
      assertThat(run.store.list(".runs/")).hasSize(1); // the work that is done
    }
  }
}
