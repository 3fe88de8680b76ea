package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.util.Map;

/** {@code catalog.html}: the snapshots that a store has, newest first, with their reports. */
final class Catalog {
  private Catalog() {}

  /** One HTML file, without script. */
  static String html(Listing listing) {
    return new Template("catalog.html")
        .fill(
            Map.of(
                "count", Quantity.count(listing.snapshots().size()),
                "any", !listing.snapshots().isEmpty(),
                "snapshots", listing.snapshots().stream().map(Catalog::row).toList(),
                "unreadable", listing.unreadable(),
                "problems", !listing.unreadable().isEmpty()));
  }

  private static Map<String, Object> row(SnapshotSummary snapshot) {
    SnapshotName name = snapshot.name();
    return Map.of(
        "place", name.service() + "/" + name.environment(),
        "name", name.name(),
        "report", name.key(SnapshotName.REPORT),
        "takenAt", ReportTime.of(snapshot.takenAt()),
        "publishedAt", ReportTime.of(snapshot.publishedAt()),
        "rows", Quantity.count(snapshot.rows()),
        "size", Quantity.bytes(snapshot.dumpSize()),
        "textSize", Quantity.bytes(snapshot.textSize()));
  }
}
