package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.util.Map;

/**
 * Makes {@code catalog.html}, which lists the snapshots of a store, newest first, and links their
 * reports.
 */
final class Catalog {
  private Catalog() {}

  /** Returns one HTML file without scripts. */
  static String html(Listing listing) {
    int count = listing.snapshots().size();
    return new Template("catalog.html")
        .fill(
            Map.of(
                "count", Quantity.of(count, count == 1 ? "snapshot" : "snapshots"),
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
