package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.StockServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scratch server that fails while a run uses it. */
@Needs(Component.PG_DUMP)
final class ScaledServerIT {
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
      INSERT INTO users SELECT i, 'person' || i || '@raw.example.org'
        FROM generate_series(1, 3000) i;
      """;

  /** The assertion also holds over no rows. */
  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { columns: { email: email }, keep: [id] }
      assertions:
        - { name: none, sql: "SELECT count(*) FROM users WHERE email IS NULL", equals: '0' }
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  /** The server is up again when the next statement is sent, and its unlogged tables are empty. */
  @ParameterizedTest
  @ValueSource(strings = {"load", "constraints", "indexes"})
  void rowsThatACrashTookDuringFinishAreNotPublished(String stage) throws Exception {
    try (StockServer server = new StockServer();
        PlainDatabase source = ScaledRunIT.database(SCHEMA)) {
      ScaledRun run =
          new ScaledRun(source, POLICY, folder, store, PlainDatabase.on(server.admin()));
      run.planAndChunks();
      run.progress = new CrashAfter(server, stage);
      assertThatThrownBy(run::finish)
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCRATCH_FAILED))
          .hasMessageContaining("crashed");
      assertThat(store.stat(ScaledRun.NAME.key(SnapshotName.MANIFEST))).isEmpty();
    }
  }

  /** Lets the server crash at the end of a stage. */
  private static final class CrashAfter implements Progress {
    private final StockServer server;
    private final String wanted;
    private String stage = "";

    CrashAfter(StockServer server, String wanted) {
      this.server = server;
      this.wanted = wanted;
    }

    @Override
    public void stage(String name, long total, String unit) {
      stage = name;
    }

    @Override
    public void done() {
      if (stage.equals(wanted)) {
        try {
          server.crash();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
