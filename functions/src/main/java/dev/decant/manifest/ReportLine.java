package dev.decant.manifest;

import java.util.Map;
import java.util.stream.Collectors;

/** A name and a value in a report. */
record ReportLine(String name, String value) {
  /** Writes entries in one line. */
  static String words(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
