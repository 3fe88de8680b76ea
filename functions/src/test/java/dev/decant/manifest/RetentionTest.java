package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.KeyPairs;
import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.testing.ForwardingStore;
import dev.decant.testing.MemorySnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
  private static final int DUMP_SIZE = (int) Examples.dump().size();

  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final SigningKey key = KeyPairs.generateSigningKey();
  private final Retention retention = new Retention(30, 2);

  @Test
  void oldSnapshotsGoExceptTheLast() {
    for (int days : new int[] {1, 29, 31, 45, 60}) {
      publish("shop/production", days, key);
    }
    assertThat(old()).containsExactly("d31", "d45", "d60");
  }

  @Test
  void lastGoodSnapshotsStayAlthoughTheyAreOld() {
    for (int days : new int[] {40, 50, 60}) {
      publish("shop/production", days, key);
    }
    assertThat(old()).containsExactly("d60");
    assertThat(kept()).containsExactly("d40", "d50");
  }

  @Test
  void damagedAndForeignSnapshotsDoNotCountAsTheLast() {
    store.delete(publish("shop/production", 35, key).key(SnapshotName.DUMP));
    store.put(publish("shop/production", 36, key).key(SnapshotName.DUMP), new byte[7]);
    publish("shop/production", 37, KeyPairs.generateSigningKey());
    publish("shop/production", 38, null);
    publish("shop/production", 50, key);
    publish("shop/production", 60, key);

    assertThat(old()).containsExactly("d35", "d36", "d37", "d38");
    assertThat(kept()).containsExactly("d50", "d60");
    assertThat(verdicts().newestGood().values())
        .extracting(newest -> newest.name().name())
        .containsExactly("d50");
  }

  @Test
  void nothingGoesWhereNoSnapshotIsGood() {
    publish("shop/production", 40, null);
    publish("shop/production", 50, KeyPairs.generateSigningKey());

    assertThat(old()).isEmpty();
    assertThat(kept()).containsExactly("d40", "d50");
    assertThat(verdicts().newestGood()).isEmpty();
  }

  @Test
  void withoutAKeyUnsignedSnapshotsAreGood() {
    for (int days : new int[] {40, 50, 60}) {
      publish("shop/production", days, null);
    }
    assertThat(retention.apply(store, null, NOW).snapshots())
        .filteredOn(Retention.Verdict::old)
        .extracting(verdict -> verdict.snapshot().name().name())
        .containsExactly("d60");
  }

  @Test
  void eachDatabaseKeepsItsOwn() {
    publish("shop/production", 50, key);
    publish("shop/eu", 90, key);
    publish("billing/production", 70, key);

    assertThat(old()).isEmpty();
    assertThat(verdicts().newestGood()).hasSize(3);
  }

  /** The snapshot of an old dump would otherwise go within the hour in which it was made. */
  @Test
  void snapshotThatWasMadeTodayOfAnOldDumpStays() {
    publish("shop/production", 1, key);
    publish("shop/production", 2, key);
    put(new SnapshotName("shop", "production", "x"), NOW.minus(Duration.ofDays(90)), NOW, key);

    assertThat(old()).isEmpty();
  }

  @Test
  void unreadableManifestIsNamedAndStays() {
    publish("shop/production", 1, key);
    publish("shop/production", 2, key);
    store.put("shop/production/broken.manifest.json", new byte[] {'{'});

    assertThat(old()).isEmpty();
    assertThat(verdicts().unreadable()).singleElement().asString().contains("broken.manifest.json");
  }

  @Test
  void manifestGoesFirstAndTheFilesOfOthersStay() {
    SnapshotName name = publish("shop/production", 50, key);
    store.put(name.key(".note.txt"), new byte[1]);
    store.changes.clear();

    Retention.delete(store, name);
    Retention.updateCatalog(store, NOW);

    assertThat(store.changes)
        .containsExactly(
            "delete shop/production/d50.manifest.json",
            "delete shop/production/d50.sql.zst",
            "delete shop/production/d50.sql.zst.md5",
            "delete shop/production/d50.report.html",
            "put catalog.html");
    assertThat(store.list("shop/"))
        .extracting(StoredObject::key)
        .containsExactly("shop/production/d50.note.txt");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "-1,5", "30,-1"})
  void noNumberSwitchesTheRuleOff(int days, int last) {
    assertThatThrownBy(() -> new Retention(days, last))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("must be at least 1");
  }

  @Test
  void storeThatCannotBeReadIsAnErrorAndNoVerdict() {
    publish("shop/production", 40, key);
    SnapshotStore failing =
        new ForwardingStore(store) {
          @Override
          public Optional<byte[]> read(String what) {
            throw new DecantException(ErrorCode.STORE_FAILED, "It cannot be read.");
          }
        };
    assertThatThrownBy(() -> retention.apply(failing, key.publicKey(), NOW))
        .isInstanceOf(DecantException.class)
        .extracting(e -> ((DecantException) e).code())
        .isEqualTo(ErrorCode.STORE_FAILED);
  }

  @Test
  void filesWithoutAManifestRemain() {
    publish("shop/production", 1, key);
    store.put("shop/production/dead.sql.zst", new byte[3]);
    store.put("shop/production/dead.report.html", new byte[3]);
    store.put("shop/production/notes.txt", new byte[3]);
    store.put("catalog.html", new byte[3]);

    assertThat(Remains.find(store, Instant.now().minusSeconds(60))).isEmpty();
    assertThat(remains())
        .extracting(StoredObject::key)
        .containsExactly("shop/production/dead.report.html", "shop/production/dead.sql.zst");
  }

  /** A publication writes the dump before the manifest. */
  @Test
  void filesOfALiveRunDoNotRemain() {
    store.put("shop/production/new.sql.zst", new byte[3]);
    List<StoredObject> before = remains();
    RunClaim claim =
        ((RunClaim.Outcome.Claimed)
                RunClaim.claim(
                    store,
                    RunClaim.databaseId("shop", "production"),
                    "shop/production/",
                    RunClaim.LEASE,
                    Claimant.of("test")))
            .claim();
    try (claim) {
      assertThat(remains()).isEmpty();
      assertThat(Remains.delete(store, before.getFirst())).isFalse();
    }
    assertThat(Remains.delete(store, before.getFirst())).isTrue();
    assertThat(store.list("shop/")).isEmpty();
  }

  @Test
  void filesThatWerePublishedMeanwhileAreNotDeleted() {
    store.put("shop/production/d1.sql.zst", new byte[3]);
    StoredObject file = remains().getFirst();
    publish("shop/production", 1, key);

    assertThat(Remains.delete(store, file)).isFalse();
    assertThat(store.stat(file.key())).isPresent();
  }

  private List<StoredObject> remains() {
    return Remains.find(store, Instant.now().plusSeconds(60));
  }

  private Retention.Verdicts verdicts() {
    return retention.apply(store, key.publicKey(), NOW);
  }

  private List<String> old() {
    return named(true);
  }

  private List<String> kept() {
    return named(false);
  }

  private List<String> named(boolean old) {
    return verdicts().snapshots().stream()
        .filter(verdict -> verdict.old() == old)
        .map(verdict -> verdict.snapshot().name().name())
        .toList();
  }

  private SnapshotName publish(String place, int days, @Nullable SigningKey signer) {
    String[] parts = place.split("/", -1);
    SnapshotName name = new SnapshotName(parts[0], parts[1], "d" + days);
    Instant taken = NOW.minus(Duration.ofDays(days)).minusSeconds(60);
    put(name, taken, taken.plusSeconds(30), signer);
    return name;
  }

  private void put(SnapshotName name, Instant taken, Instant made, @Nullable SigningKey signer) {
    Manifest manifest = Examples.draft(name, taken, "p").complete(Examples.dump(), made);
    store.put(name.key(SnapshotName.DUMP), new byte[DUMP_SIZE]);
    store.put(
        name.key(SnapshotName.MANIFEST),
        ManifestJson.write(signer == null ? manifest : Signatures.sign(manifest, signer)));
  }
}
