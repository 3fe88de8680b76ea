package dev.decant.manifest;

import dev.decant.progress.Quantity;
import dev.decant.store.SnapshotStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code catalog.html}, which lists the snapshots of a store, newest first, and links their
 * reports. It shows only facts from the first bytes of the manifests.
 */
final class Catalog {
  /**
   * A snapshot.
   *
   * @param verified whether the verdict has no exception
   */
  record Row(
      SnapshotName snapshot, String verdict, boolean verified, String signature, Facts facts) {
    String name() {
      return snapshot.name();
    }

    String place() {
      return snapshot.service() + "/" + snapshot.environment();
    }

    String report() {
      return snapshot.key(SnapshotName.REPORT);
    }
  }

  /** The age and the size of a snapshot. */
  record Facts(String takenAt, String age, String rows, String size) {}

  /** The page. */
  record Page(String count, String now, List<Row> snapshots, List<String> unreadable) {}

  private Catalog() {}

  /** Writes the page into a store. */
  static void write(SnapshotStore store, Instant now) {
    Listing listing = new Snapshots(store).list(null, null);
    store.put(Publication.CATALOG, html(listing, now).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns one HTML file without scripts.
   *
   * @param now the time at which the ages are right
   */
  static String html(Listing listing, Instant now) {
    return new Template("catalog.html")
        .fill(
            new Page(
                Quantity.counted(listing.snapshots().size(), "snapshot"),
                ReportTime.of(now),
                listing.snapshots().stream()
                    .map(each -> row(each, listing.damaged().get(each.name()), now))
                    .toList(),
                listing.unreadable()));
  }

  private static Row row(SnapshotSummary snapshot, @Nullable String damage, Instant now) {
    Manifest.Verdict verdict = snapshot.verdict();
    return new Row(
        snapshot.name(),
        damage == null ? words(verdict) : "damaged: " + damage,
        damage == null && verdict != null && verdict.traced() && verdict.notVerified() == 0,
        verdict == null ? "see the report" : signature(verdict),
        new Facts(
            ReportTime.of(snapshot.takenAt()),
            Quantity.age(Duration.between(snapshot.takenAt(), now)),
            Quantity.count(snapshot.rows()),
            Quantity.bytes(snapshot.dumpSize())));
  }

  private static String words(Manifest.@Nullable Verdict verdict) {
    if (verdict == null) {
      return "constraints verified";
    }
    return (verdict.traced() ? "verified" : "verified, but without a leak trace")
        + (verdict.notVerified() == 0
            ? ""
            : ", except for " + Quantity.counted(verdict.notVerified(), "object"));
  }

  private static String signature(Manifest.Verdict verdict) {
    String signedBy = verdict.signedBy();
    return signedBy == null ? "none" : "by key " + signedBy.substring(0, 8) + "…";
  }
}
