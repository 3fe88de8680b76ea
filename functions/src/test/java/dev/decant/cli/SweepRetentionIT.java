package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.SnapshotName;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sweep --keep-days}. */
final class SweepRetentionIT {
  private static final SnapshotName OLDER = new SnapshotName("shop", "production", "shop_older");

  @TempDir Path folder;
  private final CapturedCli cli = new CapturedCli();

  private void publishTwoOldSnapshots() throws IOException {
    try (SnapshotStore store = Stores.open(folder.toString())) {
      ShopSnapshot.publish(store);
      ShopSnapshot.publish(store, OLDER, 50_000, ShopSnapshot.KEY);
    }
    date(ShopSnapshot.NAME, "2026-02-02T06:00:00Z");
    date(OLDER, "2026-01-01T06:00:00Z");
  }

  private Path manifest(SnapshotName name) {
    return folder.resolve(name.key(SnapshotName.MANIFEST));
  }

  private void date(SnapshotName name, String date) throws IOException {
    Path file = manifest(name);
    String times = "(\"(?:takenAt|startedAt|finishedAt|publishedAt)\" ?: ?\")[^\"]*\"";
    Files.writeString(file, Files.readString(file).replaceAll(times, "$1" + date + "\""));
  }

  private int sweep(String... more) {
    return cli.run(
        Stream.concat(Stream.of("sweep", "--from", folder.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void oldSnapshotsGoExceptTheLastGoodOne() throws IOException {
    publishTwoOldSnapshots();

    assertThat(sweep("--keep-days", "30", "--dry-run")).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("would delete: snapshot " + OLDER + " - It is ")
        .contains("kept: snapshot " + ShopSnapshot.NAME + " - ")
        .contains("one of the last good");
    assertThat(manifest(OLDER)).exists();

    assertThat(sweep("--keep-days", "30", "--keep-last", "2")).isZero();
    assertThat(manifest(OLDER)).exists();

    assertThat(sweep("--keep-days", "30")).isZero();
    assertThat(cli.out()).contains("deleted: snapshot " + OLDER);
    assertThat(manifest(OLDER)).doesNotExist();
    assertThat(manifest(ShopSnapshot.NAME)).exists();
  }

  @Test
  void withoutTheOptionNoSnapshotGoes() throws IOException {
    publishTwoOldSnapshots();
    CapturedCli hourly = new CapturedCli(Map.of("DECANT_KEEP_DAYS", "1"));

    assertThat(sweep()).isZero();
    assertThat(hourly.run("sweep", "--from", folder.toString())).isZero();
    assertThat(manifest(OLDER)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "all", "1.5"})
  void noNumberSwitchesTheRuleOff(String number) throws IOException {
    publishTwoOldSnapshots();

    assertThat(sweep("--keep-days", number)).isEqualTo(2);
    assertThat(sweep("--keep-days", "30", "--keep-last", number)).isEqualTo(2);
    assertThat(manifest(OLDER)).exists();
    assertThat(manifest(ShopSnapshot.NAME)).exists();
  }

  @Test
  void optionsThatDoNotFitAreErrors() {
    assertThat(sweep("--keep-last", "3")).isEqualTo(2);
    assertThat(cli.err()).contains("--keep-last needs --keep-days");
    assertThat(cli.run("sweep", "--keep-days", "3")).isEqualTo(2);
    assertThat(cli.err()).contains("--keep-days needs a store");
  }

  /** Only a sweep with --keep-days deletes such a file, and so a dry run must say the same. */
  @Test
  void dryRunNamesNoFileThatTheSweepLeaves() throws IOException {
    publishTwoOldSnapshots();
    Files.delete(manifest(OLDER));
    Path dump = folder.resolve(OLDER.key(SnapshotName.DUMP));
    assertThat(dump.toFile().setLastModified(System.currentTimeMillis() - 200_000_000L)).isTrue();

    assertThat(sweep()).isZero();
    assertThat(dump).exists();
    assertThat(sweep("--dry-run")).isZero();
    assertThat(cli.out()).doesNotContain("would delete");
    assertThat(sweep("--dry-run", "--keep-days", "9999")).isZero();
    assertThat(cli.out()).contains("would delete: file without a manifest");
    assertThat(dump).exists();
    assertThat(sweep("--keep-days", "9999")).isZero();
    assertThat(dump).doesNotExist();
  }

  @Test
  void dryRunNamesTheRemainsOfDeadRuns() throws IOException {
    Path claim = Files.createDirectories(folder.resolve(".runs")).resolve("probe.json");
    Files.writeString(claim, "{}");
    assertThat(claim.toFile().setLastModified(System.currentTimeMillis() - 3_600_000L)).isTrue();

    assertThat(sweep("--dry-run", "--json")).isZero();
    assertThat(cli.out()).contains("\"dryRun\"", "\"claim\"", "lease of its run has expired");
    assertThat(claim).exists();
    assertThat(List.of(Objects.requireNonNull(folder.toFile().list()))).containsOnly(".runs");
  }
}
