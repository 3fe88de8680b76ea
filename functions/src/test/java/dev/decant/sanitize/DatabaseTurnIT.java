package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.testing.ForwardingStore;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.SanitizeRequestBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs of one database at the same time. */
final class DatabaseTurnIT {
  private static final String ID = "database-shop+production";
  private static final Turn PATIENT = new Turn(null, Duration.ofMinutes(2));
  private static final String DUMP =
      "CREATE TABLE public.t (id integer NOT NULL);\n\nCOPY public.t (id) FROM stdin;\n1\n\\.\n";
  private static final String POLICY = "version: 1\ntables:\n  public.t: { keep: [id] }\n";

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  /** Notes the IDs of the runs that hold the lease. */
  private final ForwardingStore watched =
      new ForwardingStore(store) {
        @Override
        public boolean putIfAbsent(String key, byte[] content) {
          boolean done = super.putIfAbsent(key, content);
          if (done && (key.equals(RunClaim.key(ID)) || key.endsWith(SnapshotName.MANIFEST))) {
            steps.add(key.endsWith(SnapshotName.MANIFEST) ? "publish" : "begin");
          }
          return done;
        }

        @Override
        public void delete(String key) {
          if (key.equals(RunClaim.key(ID))) {
            steps.add("end");
          }
          super.delete(key);
        }
      };

  private final List<String> steps = new CopyOnWriteArrayList<>();

  @BeforeEach
  void dumps() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      Files.writeString(folder.resolve(name + ".sql"), SmallDump.dump(DUMP));
    }
  }

  private SanitizeResult run(String name, String environment, Turn turn) {
    try (Source source = Sources.open(folder.resolve(name + ".sql").toString())) {
      return Sanitization.run(
          new SanitizeRequestBuilder(
                  new SnapshotName("shop", environment, name),
                  source,
                  SmallDump.policy(POLICY),
                  watched,
                  folder.resolve("work"))
              .turn(turn)
              .progress(
                  new Progress() {
                    @Override
                    public void message(String text) {
                      messages.add(text);
                    }
                  })
              .build());
    }
  }

  private RunClaim held(String order) {
    Claimant claimant = new Claimant("another machine", order);
    return ((RunClaim.Outcome.Claimed)
            RunClaim.claim(store, ID, "shop/production/", RunClaim.LEASE, claimant))
        .claim();
  }

  @Test
  void runsOfOneDatabasePublishOneAfterTheOther() {
    List<CompletableFuture<SanitizeResult>> runs =
        List.of("one", "two", "three").stream()
            .map(n -> CompletableFuture.supplyAsync(() -> run(n, "production", PATIENT)))
            .toList();

    assertThat(runs)
        .allSatisfy(r -> assertThat(r.join()).isInstanceOf(SanitizeResult.Published.class));
    assertThat(steps)
        .containsExactly(
            "begin", "publish", "end", "begin", "publish", "end", "begin", "publish", "end");
    assertThat(store.stat(RunClaim.key(ID))).isEmpty();
  }

  @Test
  void runOfTheSameWorkBecomesADuplicateAfterItsWait() {
    CompletableFuture<SanitizeResult> first =
        CompletableFuture.supplyAsync(() -> run("one", "production", PATIENT));
    CompletableFuture<SanitizeResult> second =
        CompletableFuture.supplyAsync(() -> run("one", "production", PATIENT));

    assertThat(List.of(first.join().status(), second.join().status()))
        .containsExactlyInAnyOrder("published", "duplicate");
  }

  @Test
  void runThatMayNotWaitCanBeTriedAgain() {
    try (RunClaim other = held("request-1")) {
      assertThatThrownBy(() -> run("one", "production", Turn.NOW))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(e.code().retryable()).isTrue();
              })
          .hasMessageStartingWith("Another run of shop/production has been at work since ")
          .hasMessageContaining("another machine")
          .hasMessageContaining("Run again when it has ended");
      other.requireHeld();
      assertThat(run("one", "staging", Turn.NOW)).isInstanceOf(SanitizeResult.Published.class);
    }
    assertThat(run("one", "production", Turn.NOW)).isInstanceOf(SanitizeResult.Published.class);
  }

  @Test
  void runWaitsUntilTheOtherHasEnded() throws Exception {
    RunClaim other = held("request-1");
    CompletableFuture<SanitizeResult> run =
        CompletableFuture.supplyAsync(() -> run("one", "production", PATIENT));
    for (int i = 0; i < 200 && messages.isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(messages.getFirst()).startsWith("waiting: Another run of shop/production has been");
    assertThat(run).isNotDone();
    other.close();
    assertThat(run.join()).isInstanceOf(SanitizeResult.Published.class);
    assertThat(messages).hasSize(1);
  }

  /** The killed run of before holds its lease for two more minutes. */
  @Test
  void sameOrderGoesOnAtOnce() {
    RunClaim killed = held("request-1");

    assertThat(run("one", "production", new Turn("request-1", Duration.ZERO)))
        .isInstanceOf(SanitizeResult.Published.class);
    assertThatThrownBy(killed::requireHeld).hasMessageStartingWith("Another run took over");
  }

  @Test
  void deadlineEndsTheWait() {
    try (RunClaim _ = held("request-1");
        Source source = Sources.open(folder.resolve("one.sql").toString())) {
      assertThatThrownBy(
              () ->
                  Sanitization.run(
                      new SanitizeRequestBuilder(
                              new SnapshotName("shop", "production", "one"),
                              source,
                              SmallDump.policy(POLICY),
                              store,
                              folder.resolve("work"))
                          .turn(PATIENT)
                          .deadline(Instant.now().plusSeconds(2))
                          .build()))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR));
    }
  }
}
