package dev.decant.manifest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the report and the catalog show them: {@code 2026-03-23 06:00 UTC}. */
final class ReportTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportTime() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
