package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.check.CheckFinding;
import dev.decant.check.CheckFinding.Kind;
import dev.decant.check.CheckResult;
import dev.decant.error.ErrorKind;
import dev.decant.schema.TableName;
import dev.decant.setting.Version;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The report of a check in the Static Analysis Results Interchange Format (SARIF 2.1.0). */
final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private final CheckResult result;
  private final ReportPaths paths;

  SarifReport(CheckResult result) {
    this.result = result;
    this.paths = ReportPaths.of(result, Map.of());
  }

  ObjectNode document() {
    ObjectNode document = JsonOutput.document().put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = document.putArray("runs").addObject();
    tool(run.putObject("tool").putObject("driver"));
    run.putArray("invocations")
        .addObject()
        .put("executionSuccessful", true)
        .put("exitCode", result.passed() ? 0 : ErrorKind.POLICY.exitCode());
    ArrayNode results = run.putArray("results");
    result.findings().forEach(finding -> result(finding, results.addObject()));
    return document;
  }

  private static void tool(ObjectNode driver) {
    driver.put("name", "decant").put("version", Version.text());
    ArrayNode rules = driver.putArray("rules");
    for (Kind kind : Kind.values()) {
      ObjectNode rule = rules.addObject().put("id", kind.id());
      rule.putObject("shortDescription").put("text", kind.description());
      rule.putObject("defaultConfiguration").put("level", level(kind));
    }
  }

  private void result(CheckFinding finding, ObjectNode to) {
    to.put("ruleId", finding.kind().id());
    to.put("ruleIndex", List.of(Kind.values()).indexOf(finding.kind()));
    to.put("level", level(finding.kind()));
    to.putObject("message").put("text", finding.text());
    ObjectNode location = to.putArray("locations").addObject();
    paths
        .place(finding)
        .ifPresent(
            place -> {
              ObjectNode physical = location.putObject("physicalLocation");
              physical.putObject("artifactLocation").put("uri", uri(place.path()));
              physical.putObject("region").put("startLine", Math.max(1, place.line()));
            });
    TableName table = finding.table();
    if (table != null) {
      String column = finding.column();
      location
          .putArray("logicalLocations")
          .addObject()
          .put(
              "fullyQualifiedName",
              column == null ? table.toString() : table + "." + TableName.quoted(column))
          .put("kind", "member");
    }
  }

  private static String level(Kind kind) {
    return kind.error() ? "error" : "warning";
  }

  /** A relative reference, or a file URI for an absolute path. */
  private static String uri(String path) {
    try {
      return path.startsWith("/")
          ? Objects.requireNonNull(new URI("file", "", path, null).toASCIIString())
          : new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is a URI once its characters are quoted", e);
    }
  }
}
