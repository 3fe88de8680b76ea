package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.MemoryFolder;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the process of a refresh after each of its steps. */
final class KilledRefreshIT {
  private static final int KILLED = 9;
  private static final SnapshotName SMALL =
      new SnapshotName("shop", "production", "shop_20260323-060000");

  /** The child process: a refresh that kills itself after a step or in the middle of the load. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      String last = arguments[1];
      AtomicLong advances = new AtomicLong();
      Progress progress =
          new Progress() {
            @Override
            public void advance(long units, @Nullable String detail) {
              if (last.equals("within the load") && advances.incrementAndGet() == 3) {
                Runtime.getRuntime().halt(KILLED);
              }
            }
          };
      try (SnapshotStore store = Stores.open(folder.resolve("store").toString())) {
        var _ =
            Refresh.run(
                new RefreshRequest(
                    Staging.target(Files.readString(folder.resolve("targets.yaml"))),
                    new RefreshRequest.Snapshot(store, "latest", null, true),
                    arguments[2],
                    new RefreshRequest.Options(false, false, 2),
                    Staging.CREDENTIALS,
                    null,
                    new RefreshRequest.Listeners(
                        progress,
                        step -> {
                          if (step.name().equals(last)) {
                            Runtime.getRuntime().halt(KILLED);
                          }
                        })));
      }
    }
  }

  @TempDir static Path folder;
  private static Staging staging;
  private static SnapshotStore store;

  @BeforeAll
  static void open() throws SQLException {
    store = Stores.open(folder.resolve("store").toString());
    ShopSnapshot.publish(store, SMALL, 60_000, ShopSnapshot.KEY);
    staging = Staging.on(PostgresVersion.V18);
  }

  @AfterAll
  static void close() throws SQLException {
    staging.close();
    store.close();
  }

  private static void kill(String last) throws Exception {
    Files.writeString(folder.resolve("targets.yaml"), staging.yaml(""));
    Path log = folder.resolve("log");
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                MemoryFolder.option(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                last,
                staging.host())
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as("%s", Files.readString(log)).isEqualTo(KILLED);
  }

  /** Marks the database before a run, to distinguish it from the new one. */
  private static void mark() throws SQLException {
    staging.execute(
        "CREATE TABLE IF NOT EXISTS before_the_kill (id int); DELETE FROM"
            + " before_the_kill; INSERT INTO before_the_kill VALUES (1), (2)");
  }

  /** The database is complete: it has everything of the old one, or everything of the snapshot. */
  private static void assertWhole(boolean swapped) throws SQLException {
    assertThat(staging.ask("SELECT to_regclass('before_the_kill') IS NULL"))
        .contains(swapped ? "t" : "f");
    if (!swapped) {
      assertThat(staging.ask("SELECT count(*) FROM before_the_kill")).contains("2");
      return;
    }
    assertThat(staging.ask("SELECT count(*) FROM decant.refresh")).contains("1");
    assertThat(staging.ask("SELECT count(*) > 0 FROM pg_constraint WHERE contype = 'f'"))
        .contains("t");
    assertThat(staging.ask("SELECT count(*) > 0 FROM \"user\"")).contains("t");
  }

  /**
   * The server needs a moment until it has noticed that the process ended and has released its
   * lock.
   */
  private static RefreshResult refresh() throws InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofMinutes(2));
    while (true) {
      try {
        return new Asked(staging, store).refresh();
      } catch (DecantException e) {
        if (e.code() != ErrorCode.REFUSED || Instant.now().isAfter(patience)) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private static void assertTheNextRunTidiesUp() throws Exception {
    RefreshResult result = refresh();
    assertWhole(true);
    assertThat(staging.databases()).containsExactly(staging.name(), result.previous());
    assertThat(staging.history("status")).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource(RefreshStep.class)
  void afterAStep(RefreshStep step) throws Exception {
    mark();
    kill(step.name());
    assertWhole(step.compareTo(RefreshStep.SWAP) >= 0);
    boolean done = step == RefreshStep.PRUNE;
    assertThat(staging.history("status")).isEqualTo(done ? "done" : "running");
    assertTheNextRunTidiesUp();
    if (!done) {
      assertThat(staging.killed()).isEqualTo(step == RefreshStep.GUARDS ? null : step.label());
    }
  }

  @Test
  void withinTheLoad() throws Exception {
    mark();
    kill("within the load");
    assertWhole(false);
    assertThat(staging.databases()).anySatisfy(name -> assertThat(name).contains("_next_"));
    assertTheNextRunTidiesUp();
    assertThat(staging.killed()).isEqualTo("load");
  }
}
