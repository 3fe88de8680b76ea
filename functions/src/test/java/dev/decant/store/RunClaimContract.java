package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.store.RunClaim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behavior of a claim, which is tested for each store. */
abstract class RunClaimContract {
  private static final String KEY = ".runs/id.json";
  private static final String OUTPUT = "s/e/dump";

  /** A lease that has expired at once, even if clocks differ by the tolerated time. */
  private static final Duration OVER = RunClaim.SKEW.plusSeconds(60).negated();

  abstract SnapshotStore create() throws Exception;

  SnapshotStore store = new dev.decant.testing.MemorySnapshotStore();
  private final List<RunClaim> claims = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void openStore() throws Exception {
    store = create();
  }

  @AfterEach
  void closeAll() {
    claims.forEach(RunClaim::close);
    store.close();
  }

  private Outcome claim() {
    return claim(InstantSource.system());
  }

  private Outcome claim(InstantSource clock) {
    Outcome outcome =
        RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, Claimant.of("here"), clock);
    if (outcome instanceof Outcome.Claimed(RunClaim claim)) {
      claims.add(claim);
    }
    return outcome;
  }

  private RunClaim claimed() {
    return claimed(claim());
  }

  private static RunClaim claimed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Claimed.class);
    return ((Outcome.Claimed) outcome).claim();
  }

  private static Outcome.Taken taken(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Taken.class);
    return (Outcome.Taken) outcome;
  }

  /** Makes the record and the upload that a killed run leaves. */
  private SnapshotStore.Upload killedRun() {
    store.put(KEY, RunRecord.begin(Claimant.of("dead"), Instant.now(), OVER).json());
    SnapshotStore.Upload upload = store.upload(OUTPUT + ".sql.zst");
    upload.write(new byte[9 * 1024 * 1024], 0, 9 * 1024 * 1024);
    return upload;
  }

  @Test
  void liveRunKeepsOthersOut() {
    RunClaim claim = claimed();

    Outcome.Taken taken = taken(claim());
    assertThat(taken.done()).isFalse();
    assertThat(taken.owner()).startsWith("here ");
    assertThat(claim.lost()).isFalse();
    claim.requireHeld();
  }

  @Test
  void doneRunKeepsOthersOutForEver() {
    RunClaim claim = claimed();
    claim.complete();
    claim.close();

    assertThat(taken(claim()).done()).isTrue();
    InstantSource nextYear = () -> Instant.now().plus(Duration.ofDays(365));
    assertThat(taken(claim(nextYear)).done()).isTrue();
  }

  @Test
  void failedRunGivesTheClaimBack() {
    claimed().close();

    assertThat(store.list("")).isEmpty();
    claimed();
  }

  @Test
  void otherWorkIsNoDuplicate() {
    claimed();
    Outcome other = RunClaim.claim(store, "other", OUTPUT, RunClaim.LEASE, Claimant.of("here"));
    claims.add(claimed(other));
  }

  @Test
  void killedRunIsTakenOverAndItsUploadAborted() {
    try (SnapshotStore.Upload dead = killedRun()) {
      RunClaim claim = claimed();

      SnapshotStoreContract.assertFails(dev.decant.error.ErrorCode.STORE_FAILED, dead::commit);
      assertThat(claim.lost()).isFalse();
      assertThat(taken(claim()).done()).isFalse();
    }
  }

  /** The lease of the killed run has two more minutes. */
  @Test
  void killedRunIsTakenOverAtOnceByTheSameOrder() {
    Claimant event = new Claimant("function", "request-1");
    RunClaim killed = claimed(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, event));
    claims.add(killed);
    assertThat(taken(claim()).done()).isFalse();
    Claimant other = new Claimant("function", "request-2");
    assertThat(taken(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, other)).done()).isFalse();

    RunClaim again = claimed(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, event));
    claims.add(again);
    assertThat(again.lost()).isFalse();
    assertThat(killed.lost()).isTrue();
    again.complete();
    assertThat(taken(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, event)).done()).isTrue();
  }

  @Test
  void partnerWaitsForItsPartnerUntilTheClaimIsLeftToIt() {
    Claimant partner = new Claimant("one", "run-1", Claimant.Relation.PARTNER);
    RunClaim first = claimed(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, partner));
    claims.add(first);
    for (Claimant.Relation relation :
        List.of(Claimant.Relation.PARTNER, Claimant.Relation.SUCCESSOR)) {
      Claimant second = new Claimant("two", "run-1", relation);
      assertThat(taken(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, second)).done())
          .isFalse();
    }
    assertThat(first.lost()).isFalse();
    first.keep(RunClaim.LEASE);
    RunClaim second = claimed(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, partner));
    claims.add(second);
    Claimant heir = new Claimant("three", "run-1", Claimant.Relation.HEIR);
    claims.add(claimed(RunClaim.claim(store, "id", OUTPUT, RunClaim.LEASE, heir)));
    assertThat(second.lost()).isTrue();
  }

  @Test
  void sweepRemovesTheClaimsOfDeadRunsOnly() {
    claimed();
    RunClaim done =
        claimed(RunClaim.claim(store, "done", OUTPUT, RunClaim.LEASE, Claimant.of("a")));
    done.complete();
    String dead = RunClaim.key("database-shop+production");
    store.put(dead, RunRecord.begin(Claimant.of("dead"), Instant.now(), OVER).json());

    assertThat(RunClaim.dead(store)).containsExactly(dead);
    assertThat(RunClaim.removeDead(store, dead)).isTrue();
    assertThat(RunClaim.removeDead(store, KEY)).isFalse();
    assertThat(RunClaim.removeDead(store, RunClaim.key("done"))).isFalse();
    assertThat(store.stat(dead)).isEmpty();
    assertThat(store.list("").stream().map(StoredObject::key))
        .containsExactlyInAnyOrder(KEY, RunClaim.key("done"));
  }

  /** A store has a record for each dump that was ever sanitized. */
  @Test
  void sweepDoesNotReadRecordsOfLongAgo() {
    store.put(KEY, RunRecord.begin(Claimant.of("dead"), Instant.now(), OVER).json());

    assertThat(RunClaim.dead(store, () -> Instant.now().plus(RunClaim.WATCHED.plusDays(1))))
        .isEmpty();
    assertThat(RunClaim.dead(store, () -> Instant.now().plus(RunClaim.WATCHED.minusDays(1))))
        .containsExactly(KEY);
  }

  @Test
  void runThatLostItsLeaseKnowsAndTouchesNothing() {
    RunClaim late = claimed();
    InstantSource later =
        () -> Instant.now().plus(RunClaim.LEASE).plus(RunClaim.SKEW.multipliedBy(2));
    RunClaim taker = claimed(claim(later));

    assertThat(late.lost()).isTrue();
    assertThatThrownBy(late::requireHeld)
        .hasMessageStartingWith("Another run took over this work (" + store.locate(KEY) + ")");
    late.complete();
    late.close();
    assertThat(store.read(KEY).flatMap(RunRecord::parse).orElseThrow().done()).isFalse();
    assertThat(taker.lost()).isFalse();
  }

  @Test
  void clocksMayDifferALittle() {
    claimed();
    InstantSource fast = () -> Instant.now().plus(RunClaim.LEASE).plusSeconds(20);

    assertThat(taken(claim(fast)).done()).isFalse();
  }

  @Test
  void damagedRecordCountsAsARunOfUnknownAge() {
    store.put(KEY, SnapshotStoreContract.bytes("{"));

    assertThat(taken(claim()).owner()).isEqualTo("unknown");
    InstantSource later = () -> Instant.now().plus(Duration.ofMinutes(4));
    claimed(claim(later));
  }

  @Test
  void leaseIsRenewedByItself() throws InterruptedException {
    Duration lease = Duration.ofMillis(400);
    RunClaim claim =
        claimed(
            RunClaim.claim(
                store, "id", OUTPUT, lease, Claimant.of("here"), InstantSource.system()));
    claims.add(claim);
    String first = store.stat(KEY).orElseThrow().etag();
    for (int i = 0; i < 300 && store.stat(KEY).orElseThrow().etag().equals(first); i++) {
      Thread.sleep(50);
    }
    assertThat(store.stat(KEY).orElseThrow().etag()).isNotEqualTo(first);
    assertThat(claim.lost()).isFalse();
  }

  /** Runs for the stores that are atomic in tests, which S3Mock is not. */
  abstract static class Raced extends RunClaimContract {
    @Test
    void oneOfManyRacersClaims() throws Exception {
      assertThat(RacedStoreContract.race(8, racer -> wins())).isEqualTo(1);
    }

    @Test
    void oneOfManyRacersTakesOver() throws Exception {
      try (SnapshotStore.Upload _ = ((RunClaimContract) this).killedRun()) {
        assertThat(RacedStoreContract.race(8, racer -> wins())).isEqualTo(1);
      }
    }

    private boolean wins() {
      return ((RunClaimContract) this).claim() instanceof Outcome.Claimed;
    }
  }
}
