package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.SmallDisk;
import dev.decant.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scratch server that fails while a run uses it. */
@Needs(Component.PG_DUMP)
final class ScaledServerIT {
  /** The assertion also holds over no rows. */
  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { columns: { email: email }, keep: [id, note] }
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
        PlainDatabase source = ScaledRunIT.database(ScaledRun.USERS)) {
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

  @Test
  void rowsThatACrashTookBetweenTheProcessesAreNotPublished() throws Exception {
    try (StockServer server = new StockServer();
        PlainDatabase source = ScaledRunIT.database(ScaledRun.USERS)) {
      ScaledRun run =
          new ScaledRun(source, POLICY, folder, store, PlainDatabase.on(server.admin()));
      int items = run.plan().items();
      assertThat(items).isGreaterThan(1);
      run.chunk(0);
      server.crash();
      for (ThrowingCallable next : List.<ThrowingCallable>of(() -> run.chunk(1), run::finish)) {
        assertThatThrownBy(next)
            .isInstanceOfSatisfying(
                DecantException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SCRATCH_FAILED))
            .hasMessageContaining("decant scale forget");
      }
      assertThat(run.forget()).isTrue();
      run.planAndChunks();
      assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
    }
  }

  /** Whatever session ends, an item is loaded whole or not at all, and so is the snapshot. */
  @Test
  void sessionsThatTheServerEndsGiveTheWholeSnapshotOrNone() throws Exception {
    try (StockServer server = new StockServer();
        PlainDatabase source = ScaledRunIT.database(ScaledRun.USERS)) {
      ScaledRun run =
          new ScaledRun(source, POLICY, folder, store, PlainDatabase.on(server.admin()));
      String alone = ScaledRun.text(run.alone());
      int ended = 0;
      for (int pause : List.of(40, 120, 250, 500)) {
        Throwable failure;
        try (SessionEnder ender = new SessionEnder(server, run.scratch.name(), pause)) {
          failure = catchThrowable(() -> run.planAndChunks());
          failure = failure != null ? failure : catchThrowable(run::finish);
          ended += ender.ended.get();
        }
        assertThat(failure).isIn(null, failure instanceof DecantException ? failure : null);
        assertThat(failure != null || run.isPublished()).isTrue();
        if (run.isPublished()) {
          assertThat(ScaledRun.text(store)).isEqualTo(alone);
        }
        var _ = run.forget();
        assertThat(store.list(".scale/")).isEmpty();
        assertThat(run.databases()).isEmpty();
        store.list("").forEach(file -> store.delete(file.key()));
      }
      assertThat(ended).isPositive();
    }
  }

  /** Ends one session of a role in a scratch database after another. */
  private static final class SessionEnder implements AutoCloseable {
    final AtomicInteger ended = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    SessionEnder(StockServer server, String role, int pauseMillis) {
      thread = Thread.ofPlatform().start(() -> end(server, one(role), pauseMillis));
    }

    private static String one(String role) {
      return "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE"
          + " usename = '"
          + role
          + "' AND datname LIKE 'decant%' ORDER BY random() LIMIT 1) AS one";
    }

    private void end(StockServer server, String sql, int pauseMillis) {
      try (Connection admin = server.admin();
          Statement statement = admin.createStatement()) {
        while (!over.get()) {
          Thread.sleep(pauseMillis);
          try (ResultSet count = statement.executeQuery(sql)) {
            count.next();
            ended.addAndGet(count.getInt(1));
          }
        }
      } catch (SQLException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      over.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The disk is full during the items, or only when an sql step needs more of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fullDiskOfTheServerPublishesNothing(int mebibytes) throws Exception {
    try (StockServer server = new StockServer();
        SmallDisk disk = SmallDisk.of(mebibytes);
        PlainDatabase source = ScaledRunIT.database(ScaledRun.USERS)) {
      ScaledRun run =
          new ScaledRun(source, POLICY, folder, store, PlainDatabase.on(server.admin()));
      String role = run.scratch.name();
      run.scratch.asSuperuser(
          "CREATE TABLESPACE small LOCATION '" + server.folderOn(disk.folder()) + "'");
      run.scratch.asSuperuser("GRANT CREATE ON TABLESPACE small TO " + role);
      run.scratch.asSuperuser("ALTER ROLE " + role + " SET default_tablespace = small");
      run.policy =
          ScaledRun.policy(POLICY + "sql:\n  - UPDATE users SET note = note || repeat('m', 900)\n");
      assertThatThrownBy(
              () -> {
                run.planAndChunks();
                run.finish();
              })
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL))
          .message()
          .contains("53100")
          .doesNotContain("raw.example.org");
      assertThat(run.isPublished()).isFalse();
      assertThat(run.forget()).isTrue();
      assertThat(store.list("")).isEmpty();
      assertThat(run.databases()).isEmpty();
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
