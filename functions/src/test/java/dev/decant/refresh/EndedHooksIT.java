package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.manifest.SnapshotName;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end while a hook runs, at their deadline or because the process is stopped. */
final class EndedHooksIT {
  private static final SnapshotName SMALL =
      new SnapshotName("shop", "production", "shop_20260323-060000");
  private static final String SLEEPS = "{ command: [sleep, '200'], within: 4m }";

  @TempDir static Path folder;
  private static SnapshotStore store;
  private Staging staging;

  @BeforeAll
  static void publish() {
    store = Stores.open(folder.resolve("store").toString());
    ShopSnapshot.publish(store, SMALL, 6_000, ShopSnapshot.KEY);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @BeforeEach
  void open() throws SQLException {
    staging = Staging.on(PostgresVersion.V18);
  }

  @AfterEach
  void drop() throws SQLException {
    staging.close();
  }

  private Asked endsAfter(Duration time, String hooks) {
    return new Asked(staging, store).more(hooks).deadline(Instant.now().plus(time));
  }

  private void assertTakenBack(String status) throws SQLException {
    assertThat(staging.isOld()).isTrue();
    assertThat(staging.databases()).containsExactly(staging.name());
    assertThat(staging.history("status")).isEqualTo(status);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void deadlineEndsAHookAfterTheSwap() throws SQLException {
    long begin = System.nanoTime();
    DecantException e =
        catchThrowableOfType(
            DecantException.class,
            () ->
                endsAfter(Duration.ofSeconds(15), "hooks: { after: [" + SLEEPS + "] }").refresh());
    assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(150));
    assertTakenBack("rolled back");
    assertThat(staging.history("error")).startsWith("The run was stopped at its deadline");
  }

  @Test
  void whatHooksDidBeforeTheEndIsTakenBack() throws IOException, SQLException {
    AtomicInteger desired = new AtomicInteger(3);
    try (AwsEndpoint ecs = service(desired)) {
      String hooks =
          "hooks: { before: [ { ecs-service: app/backend, desired: 0 }, " + SLEEPS + " ] }";
      DecantException e =
          catchThrowableOfType(
              DecantException.class, () -> endsAfter(Duration.ofSeconds(15), hooks).refresh());
      assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR);
      assertThat(ecs.requests).anySatisfy(r -> assertThat(r.body()).contains("edCount\":0"));
      assertThat(desired).hasValue(3);
      assertTakenBack("failed");
    }
  }

  /** A service that has the desired number of tasks at once. */
  private static AwsEndpoint service(AtomicInteger desired) throws IOException {
    return new AwsEndpoint(
        "aws.endpointUrlEcs",
        request -> {
          if (request.target().endsWith("UpdateService")) {
            desired.set(
                Integer.parseInt(request.body().replaceFirst(".*\"desiredCount\":(\\d+).*", "$1")));
          }
          String service =
              "{\"desiredCount\": %1$d, \"runningCount\": %1$d, \"pendingCount\": 0}"
                  .formatted(desired.get());
          return new AwsEndpoint.Answer(
              200, "", "{\"services\": [" + service + "], \"service\": " + service + "}");
        });
  }

  @Test
  void aRollbackThatIsEndedInAHookAfterItStays() throws SQLException {
    RefreshResult refreshed = new Asked(staging, store).refresh();
    RefreshResult back =
        endsAfter(Duration.ofSeconds(10), "hooks: { after: [" + SLEEPS + "] }").rollBack();
    assertThat(refreshed.previous()).isNotNull();
    assertThat(back.activity().warnings())
        .contains("The run was ended before the hooks after the swap were done.");
    assertThat(staging.isOld()).isTrue();
    assertThat(staging.history("status || ' ' || action")).isEqualTo("done rollback");
  }

  @Test
  void processThatIsToldToStopEndsItsHookAndTakesTheSwapBack() throws Exception {
    Files.writeString(
        folder.resolve("targets.yaml"),
        staging.yaml("hooks: { after: [ { http: 'http://127.0.0.1:1/', within: 5m } ] }"));
    Path log = folder.resolve("log");
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRefreshIT.Child.class.getName(),
                folder.toString(),
                "no step",
                staging.host())
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    awaitHooks(child);
    child.destroy();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log)).contains("The run was cancelled; staging is unchanged.");
    assertTakenBack("rolled back");
    assertThat(staging.history("error")).startsWith("The run was cancelled");
  }

  private void awaitHooks(Process child) throws Exception {
    Instant patience = Instant.now().plus(Duration.ofMinutes(2));
    while (child.isAlive() && Instant.now().isBefore(patience)) {
      if (staging.history("step").equals(RefreshStep.AFTER_HOOKS.label())) {
        Thread.sleep(500);
        return;
      }
      Thread.sleep(50);
    }
  }
}
