package dev.decant.manifest;

import java.util.Map;

/** {@code catalog.html}: the snapshots that a store has, newest first, with their reports. */
public final class Catalog {
  private Catalog() {}

  /** One HTML file, without script. */
  public static String html(Listing listing) {
    return new Template("catalog.html")
        .fill(
            Map.of(
                "count", Words.count(listing.snapshots().size()),
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
        "takenAt", Words.time(snapshot.takenAt()),
        "publishedAt", Words.time(snapshot.publishedAt()),
        "rows", Words.count(snapshot.rows()),
        "size", Words.bytes(snapshot.dumpSize()),
        "textSize", Words.bytes(snapshot.textSize()));
  }
}
