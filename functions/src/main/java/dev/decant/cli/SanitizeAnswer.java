package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Quantity;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.store.SnapshotStore;
import java.time.Duration;
import java.util.Locale;

/** Prints the result of a run that made a snapshot. */
final class SanitizeAnswer {
  private SanitizeAnswer() {}

  /**
   * Prints a result.
   *
   * @param source the location of the source, without credentials
   */
  static void print(
      Console console,
      boolean json,
      boolean timings,
      String source,
      SnapshotStore to,
      SanitizeResult result) {
    if (json) {
      console.out().println(JsonOutput.json(document(source, result)));
      return;
    }
    switch (result) {
      case SanitizeResult.Published published ->
          console
              .out()
              .printf(
                  "published %s: %s of %s, %s%n",
                  published.name(),
                  Quantity.count(published.rowsOut()),
                  Quantity.of(published.rowsIn(), "rows"),
                  Quantity.bytes(published.dumpBytes()));
      case SanitizeResult.Duplicate duplicate ->
          console
              .out()
              .println(
                  duplicate.name()
                      + " exists already, with the same source, policy, parameters and key.");
    }
    console.out().println("dump:     " + to.locate(result.name().key(SnapshotName.DUMP)));
    console.out().println("report:   " + to.locate(result.name().key(SnapshotName.REPORT)));
    console.out().println("manifest: " + result.manifestLocation());
    result.notVerified().forEach(item -> console.out().println("not verified: " + item));
    result
        .traceExceptions()
        .forEach(e -> console.out().println("not traced: " + e.subject() + " (" + e.rule() + ")"));
    if (timings) {
      console.out().println();
      stages(result).lines().forEach(console.out()::println);
    }
  }

  private static TextTable stages(SanitizeResult result) {
    TextTable table = new TextTable("STAGE", ">SECONDS");
    result.timings().forEach((stage, time) -> table.row(stage, seconds(time)));
    return table;
  }

  private static ObjectNode document(String source, SanitizeResult result) {
    ObjectNode document =
        JsonOutput.document()
            .put("status", result.status())
            .put("source", source)
            .put("snapshot", result.name().toString())
            .put("manifest", result.manifestLocation())
            .put("rowsIn", result.rowsIn())
            .put("rows", result.rowsOut())
            .put("bytes", result.dumpBytes());
    ObjectNode stages = document.putObject("stages");
    result.timings().forEach((stage, time) -> stages.put(stage, time.toMillis() / 1000.0));
    ArrayNode notVerified = document.putArray("notVerified");
    result.notVerified().forEach(item -> notVerified.add(item.toString()));
    ArrayNode exceptions = document.putArray("traceExceptions");
    result
        .traceExceptions()
        .forEach(e -> exceptions.addObject().put("subject", e.subject()).put("rule", e.rule()));
    return document;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
