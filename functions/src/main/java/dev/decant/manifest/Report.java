package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Makes {@code NAME.report.html}, which shows people which columns were masked and how. It shows
 * nothing that the manifest does not have.
 */
final class Report {
  private Report() {}

  /** Returns one HTML file without scripts. */
  static String html(Manifest manifest) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", manifest.name());
    values.put("place", manifest.service() + "/" + manifest.environment());
    values.put("facts", facts(manifest));
    values.put("verdict", verdict(manifest));
    values.put("tables", tables(manifest, false));
    values.put("truncated", tables(manifest, true));
    values.put("absent", manifest.absentTables());
    values.put("sql", manifest.sql().stream().map(Report::step).toList());
    values.put(
        "assertions",
        manifest.assertions().stream()
            .map(a -> Map.of("name", a.name(), "result", a.held() ? "holds" : "fails"))
            .toList());
    values.put("anchors", anchors(manifest));
    values.put("extensions", manifest.extensions());
    values.put(
        "notVerified",
        Objects.requireNonNullElse(manifest.notVerified(), List.<Manifest.NotVerified>of()).stream()
            .map(o -> Map.of("object", o.object(), "reason", o.reason()))
            .toList());
    values.put(
        "ddl",
        Objects.requireNonNullElse(manifest.ddl(), List.<Manifest.ChangedObject>of()).stream()
            .map(o -> Map.of("object", o.object(), "change", o.change()))
            .toList());
    List.of(
            "truncated",
            "absent",
            "sql",
            "assertions",
            "anchors",
            "extensions",
            "notVerified",
            "ddl")
        .forEach(list -> values.put("any-" + list, !((List<?>) value(values, list)).isEmpty()));
    return new Template("report.html").fill(values);
  }

  private static Object value(Map<String, Object> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private static List<String> verdict(Manifest manifest) {
    List<String> verdict = new ArrayList<>();
    verdict.add(
        "Every column of every table has a rule. A PostgreSQL server ("
            + manifest.run().scratch()
            + ") rebuilt every constraint over the masked rows.");
    verdict.add(assertions(manifest.assertions()));
    Manifest.LeakTrace trace = manifest.leakTrace();
    if (trace != null) {
      verdict.add(
          "The leak trace looked up "
              + Quantity.count(trace.looked())
              + " values of the output among the fingerprints of "
              + Quantity.count(trace.traced())
              + " raw values and found "
              + Quantity.count(trace.found())
              + " raw values in the output.");
    }
    return verdict;
  }

  private static String assertions(List<Manifest.Assertion> assertions) {
    long held = assertions.stream().filter(Manifest.Assertion::held).count();
    return assertions.isEmpty()
        ? "The policy has no assertions."
        : held + " of " + assertions.size() + " assertions hold.";
  }

  private static List<Map<String, String>> facts(Manifest manifest) {
    Manifest.Origin source = manifest.source();
    Manifest.Signature signature = manifest.signature();
    List<Map<String, String>> facts = new ArrayList<>();
    fact(facts, "Raw snapshot", source.uri());
    fact(facts, "Taken", ReportTime.of(source.takenAt()));
    fact(facts, "Database", source.database() == null ? "not stated" : source.database());
    fact(
        facts,
        "PostgreSQL",
        source.serverVersion() == null ? "not stated" : source.serverVersion());
    fact(facts, "Rows read", Quantity.count(manifest.rowsIn()));
    fact(facts, "Rows published", Quantity.count(manifest.rowsOut()));
    fact(
        facts,
        "Dump",
        Quantity.bytes(manifest.dump().size())
            + " ("
            + Quantity.bytes(manifest.dump().textSize())
            + " of SQL)");
    fact(facts, "SHA-256 of the dump", manifest.dump().sha256());
    fact(facts, "Policy", manifest.policy().file() + ", SHA-256 " + manifest.policy().sha256());
    fact(facts, "Fingerprint of the masking key", manifest.key().fingerprint());
    fact(facts, "Signed", signature == null ? "no" : "by the key " + signature.keyId());
    fact(facts, "Sanitized", sanitized(manifest.run()) + " by decant " + manifest.decant());
    return facts;
  }

  private static String sanitized(Manifest.Run run) {
    Duration took = Duration.between(run.startedAt(), run.finishedAt());
    return ReportTime.of(run.finishedAt()) + " in " + took.toSeconds() + " s";
  }

  private static void fact(List<Map<String, String>> facts, String name, String value) {
    facts.add(Map.of("fact", name, "value", value));
  }

  private static List<Map<String, Object>> tables(Manifest manifest, boolean truncated) {
    return manifest.tables().stream()
        .filter(table -> table.truncated() == truncated)
        .map(Report::table)
        .toList();
  }

  private static Map<String, Object> table(Manifest.Table table) {
    List<Map<String, String>> masked = new ArrayList<>();
    for (Manifest.Column column : table.columns()) {
      if (!column.kept()) {
        column.rules().forEach(rule -> masked.add(rule(column, rule)));
      }
    }
    List<String> kept =
        table.columns().stream().filter(Manifest.Column::kept).map(Manifest.Column::name).toList();
    return Map.of(
        "table", table.table().toString(),
        "rowsIn", Quantity.count(table.rowsIn()),
        "rowsOut", Quantity.count(table.rowsOut()),
        "masked", masked,
        "any-masked", !masked.isEmpty(),
        "kept", String.join(", ", kept),
        "any-kept", !kept.isEmpty());
  }

  private static Map<String, String> rule(Manifest.Column column, Manifest.Rule rule) {
    String options = words(rule.options());
    return Map.of(
        "column",
        column.name(),
        "mask",
        rule.mask(),
        "options",
        options,
        "when",
        rule.when() == null ? "always" : rule.when());
  }

  private static Map<String, String> step(Manifest.SqlStep step) {
    return Map.of(
        "name", step.name(), "rows", step.rows() < 0 ? "" : Quantity.count(step.rows()) + " rows");
  }

  private static List<Map<String, String>> anchors(Manifest manifest) {
    return manifest.anchors().entrySet().stream()
        .map(
            anchor ->
                Map.of(
                    "name", anchor.getKey(),
                    "table", anchor.getValue().table().toString(),
                    "primaryKey", words(anchor.getValue().primaryKey())))
        .toList();
  }

  private static String words(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + ": " + pair.getValue())
        .collect(Collectors.joining(", "));
  }
}
