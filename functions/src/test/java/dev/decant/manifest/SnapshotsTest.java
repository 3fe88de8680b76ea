package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.MemorySnapshotStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {
  private static final Instant MARCH = Instant.parse("2026-03-23T06:00:00Z");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final Snapshots snapshots = new Snapshots(store);

  @Test
  void newestIsThatOfTheNewestRawSnapshot() {
    put("backend/production/b", MARCH.plusSeconds(10));
    put("backend/production/a", MARCH.plusSeconds(20));
    put("backend/production/c", MARCH);

    assertThat(snapshots.list(null, null).snapshots())
        .extracting(s -> s.name().name())
        .containsExactly("a", "b", "c");
    assertThat(snapshots.resolve("latest", null, null).name()).isEqualTo("a");
  }

  @Test
  void listingReadsTheHeadOnly() {
    put("backend/production/a", MARCH);

    assertThat(snapshots.list(null, null).snapshots())
        .containsExactly(
            new SnapshotSummary(
                new SnapshotName("backend", "production", "a"),
                MARCH,
                Instant.parse("2026-03-23T06:12:30.5Z"),
                290,
                1201,
                8438,
                new SnapshotSummary.MadeFrom(
                    "0.1.0",
                    "s3://raw/snapshots/backend/production/a.sql.zst",
                    "p",
                    "00112233445566778899aabbccddeeff"),
                new Manifest.Verdict(1, 1, true, null)));
    assertThat(store.reads).isZero();
  }

  @Test
  void longTextsBeforeTheTablesAreReadToo() {
    SnapshotName name = new SnapshotName("backend", "production", "a");
    ManifestDraft draft = Examples.draft(name, MARCH, "p".repeat(100_000));
    put(name, draft);

    assertThat(snapshots.list(null, null).snapshots()).hasSize(1);
    assertThat(store.reads).isEqualTo(1);
  }

  @Test
  void tenThousandAreOrderedByFewReads() {
    put("example/example/a", MARCH);
    String key = "example/example/a.manifest.json";
    String text =
        new String(store.read(key).orElseThrow(), UTF_8)
            .replace("\"example\"", "\"backend\"")
            .replace("\"environment\" : \"backend\"", "\"environment\" : \"production\"");
    store.delete(key);
    for (int i = 0; i < 10_000; i++) {
      Instant taken = MARCH.plusSeconds(3600L * (i * 7919L % 10_000));
      String name = "app_" + TIME.format(taken.atOffset(ZoneOffset.UTC));
      store.put(
          "backend/production/" + name + ".manifest.json",
          text.replace("\"name\" : \"a\"", "\"name\" : \"" + name + "\"")
              .replace(MARCH.toString(), taken.toString())
              .getBytes(UTF_8));
    }
    int before = store.opens;

    Listing newest = snapshots.newest(20, null, null);

    assertThat(newest.total()).isEqualTo(10_000);
    assertThat(newest.snapshots())
        .extracting(SnapshotSummary::takenAt)
        .containsExactlyElementsOf(
            IntStream.range(0, 20).mapToObj(i -> MARCH.plusSeconds(3600L * (9_999 - i))).toList());
    assertThat(store.opens - before).isLessThan(100);
    assertThat(snapshots.resolve("latest", null, null).name())
        .isEqualTo(newest.snapshots().getFirst().name().name());
    List<SnapshotSummary> all = snapshots.list(null, null).snapshots();
    assertThat(all).hasSize(10_000).startsWith(newest.snapshots().toArray(SnapshotSummary[]::new));
    assertThat(all).isSortedAccordingTo(SnapshotSummary.NEWEST_FIRST);
  }

  @Test
  void namesWithoutATimeMayHoldTheNewest() {
    // These names have no time, so the snapshots are not newer than their manifests, which are very
    // old.
    for (int i = 0; i < 60; i++) {
      Instant taken = Instant.parse("2020-03-01T06:00:00Z").plusSeconds(i);
      put("backend/production/app_" + TIME.format(taken.atOffset(ZoneOffset.UTC)), taken);
    }
    put("backend/production/nightly", Instant.parse("2020-03-02T00:00:00Z"));

    assertThat(snapshots.newest(1, null, null).snapshots())
        .extracting(s -> s.name().name())
        .containsExactly("nightly");
  }

  @Test
  void newestPassesOverWhatCannotBeRead() {
    put("backend/production/a_20260323-060000", MARCH);
    for (int i = 10; i < 60; i++) {
      store.put(
          "backend/production/b_20260401-0600%d.manifest.json".formatted(i), "[]".getBytes(UTF_8));
    }

    Listing newest = snapshots.newest(1, null, null);

    assertThat(newest.snapshots())
        .extracting(s -> s.name().name())
        .containsExactly("a_20260323-060000");
    assertThat(newest.unreadable()).hasSize(50);
  }

  @Test
  void latestIsRefusedWhereANewerOneCannotBeRead() {
    put("backend/production/a_20260323-060000", MARCH);
    store.put(
        "backend/production/b_20260401-060000.manifest.json", "{\"version\": 9}".getBytes(UTF_8));

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.resolve("latest", null, null))
        .withMessageContaining("has version 9")
        .withMessageContaining("backend/production/a_20260323-060000")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
    assertThat(snapshots.resolve("a_20260323-060000", null, null).name())
        .isEqualTo("a_20260323-060000");
  }

  @Test
  void latestIsRefusedWhereNoneCanBeRead() {
    store.put("backend/production/b_20260401-060000.manifest.json", "[]".getBytes(UTF_8));

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.resolve("latest", null, null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  @Test
  void latestIsWhatItIsWhereAnOlderOneCannotBeRead() {
    put("backend/production/a_20260323-060000", MARCH);
    store.put("backend/production/b_20260322-060000.manifest.json", "[]".getBytes(UTF_8));

    assertThat(snapshots.resolve("latest", null, null).name()).isEqualTo("a_20260323-060000");
  }

  @Test
  void filtersByServiceAndEnvironment() {
    put("backend/production/a", MARCH);
    put("backend/staging/a", MARCH);
    put("billing/production/a", MARCH);
    put("backend2/production/a", MARCH);

    assertThat(snapshots.list("backend", null).snapshots()).hasSize(2);
    assertThat(snapshots.list(null, "production").snapshots()).hasSize(3);
    assertThat(snapshots.list("backend", "production").snapshots()).hasSize(1);
  }

  @Test
  void onlyManifestsCount() {
    put("backend/production/a", MARCH);
    for (String key :
        new String[] {
          "backend/production/b.sql.zst",
          "backend/production/b.report.html",
          ".runs/0123.json",
          ".runs/x/y.manifest.json",
          "backend/c.manifest.json",
          "backend/production/deep/d.manifest.json",
          "backend/production/.manifest.json",
          "catalog.html"
        }) {
      store.put(key, "x".getBytes(UTF_8));
    }
    Listing listing = snapshots.list(null, null);

    assertThat(listing.snapshots()).hasSize(1);
    assertThat(listing.unreadable()).isEmpty();
  }

  @Test
  void manifestThatCannotBeReadDoesNotHideTheOthers() {
    put("backend/production/a", MARCH);
    store.put("backend/production/cut.manifest.json", "{\"version\": 1,".getBytes(UTF_8));
    store.put("backend/production/new.manifest.json", "{\"version\": 2}".getBytes(UTF_8));
    store.put("backend/production/no.manifest.json", "[]".getBytes(UTF_8));
    store.put(
        "backend/production/moved.manifest.json",
        store.read("backend/production/a.manifest.json").orElseThrow());
    Listing listing = snapshots.list(null, null);

    assertThat(listing.snapshots()).hasSize(1);
    assertThat(listing.unreadable())
        .hasSize(4)
        .anyMatch(line -> line.contains("belongs to the snapshot backend/production/a"))
        .anyMatch(line -> line.contains("has version 2"));
  }

  @Test
  void nameAloneIsEnoughWhereItIsOne() {
    put("backend/production/a", MARCH);
    put("billing/production/b", MARCH);
    SnapshotName a = new SnapshotName("backend", "production", "a");

    assertThat(snapshots.resolve("a", null, null)).isEqualTo(a);
    assertThat(snapshots.resolve("a.sql.zst", null, null)).isEqualTo(a);
    assertThat(snapshots.resolve("backend/production/a", null, null)).isEqualTo(a);
    assertThat(snapshots.resolve("a", "backend", "production")).isEqualTo(a);
    assertThat(snapshots.resolve("backend/production/latest", "billing", null)).isEqualTo(a);
    assertThat(snapshots.resolve("latest", "backend", null)).isEqualTo(a);
  }

  @Test
  void severalCandidatesAreListed() {
    put("backend/production/a", MARCH);
    put("billing/production/a", MARCH);

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.resolve("a", null, null))
        .withMessageContaining("backend/production/a, billing/production/a")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.resolve("latest", null, null))
        .withMessageContaining("backend/production/latest, billing/production/latest");
  }

  @Test
  void whatIsNotThereIsTold() {
    put("backend/production/a", MARCH);

    for (String reference : new String[] {"b", "backend/staging/a", "backend/staging/latest"}) {
      assertThatExceptionOfType(DecantException.class)
          .isThrownBy(() -> snapshots.resolve(reference, null, null))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND));
    }
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.read(new SnapshotName("backend", "production", "b"), null))
        .withMessageContaining("There is no snapshot backend/production/b in memory");
  }

  @Test
  void pathsThatLeaveTheStoreAreNoNames() {
    for (String reference : new String[] {"../x/a", "a/b", "a/../b", "..", "x/y/.."}) {
      assertThatExceptionOfType(DecantException.class)
          .as(reference)
          .isThrownBy(() -> snapshots.resolve(reference, "s", "e"))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    }
  }

  @Test
  void manifestOfAnotherNameIsNotRead() {
    put("backend/production/a", MARCH);
    store.put(
        "backend/production/b.manifest.json",
        store.read("backend/production/a.manifest.json").orElseThrow());

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> snapshots.read(new SnapshotName("backend", "production", "b"), null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  private void put(String path, Instant takenAt) {
    String[] parts = path.split("/", -1);
    SnapshotName name = new SnapshotName(parts[0], parts[1], parts[2]);
    put(name, Examples.draft(name, takenAt, "p"));
  }

  private void put(SnapshotName name, ManifestDraft draft) {
    store.put(
        name.key(SnapshotName.MANIFEST),
        ManifestJson.write(
            draft.complete(Examples.dump(), Instant.parse("2026-03-23T06:12:30.5Z"))));
  }
}
