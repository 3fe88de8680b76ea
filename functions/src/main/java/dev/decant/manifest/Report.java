package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code NAME.report.html}, which shows a lawyer as much as an engineer what happened to each
 * column, and what was verified and what was not. It shows nothing that the manifest does not have,
 * except the descriptions of the masks, and no path of the machine.
 */
final class Report {
  /** An assertion. {@code expected} says in words which answer the query had to give. */
  record Assertion(String name, String sql, String expected, boolean held) {}

  /** An anchor. */
  record Anchor(String name, String table, String primaryKey) {}

  /** The parts of the page about a run. */
  record Made(
      List<ReportLine> sql,
      List<Assertion> assertions,
      List<Anchor> anchors,
      ReportTrace.View trace,
      List<String> extensions,
      List<ReportLine> ddl,
      List<ReportLine> notVerified,
      List<ReportLine> facts) {}

  /** The page. */
  record Page(
      String name,
      String place,
      String taken,
      ReportVerdict.View verdict,
      ReportTables.View columns,
      ReportRisk.View risk,
      ReportFigures.View figures,
      Made made) {}

  private Report() {}

  /** Returns one HTML file without scripts. */
  static String html(Manifest manifest) {
    return new Template("report.html")
        .fill(
            new Page(
                manifest.name(),
                manifest.service() + "/" + manifest.environment(),
                ReportTime.of(manifest.source().takenAt()),
                ReportVerdict.of(manifest),
                ReportTables.of(manifest),
                ReportRisk.of(manifest),
                ReportFigures.of(manifest),
                made(manifest)));
  }

  private static Made made(Manifest manifest) {
    return new Made(
        manifest.sql().stream().map(Report::step).toList(),
        manifest.assertions().stream().map(Report::assertion).toList(),
        manifest.anchors().entrySet().stream()
            .map(
                a ->
                    new Anchor(
                        a.getKey(),
                        a.getValue().table().toString(),
                        ReportLine.words(a.getValue().primaryKey())))
            .toList(),
        ReportTrace.of(manifest),
        manifest.extensions(),
        Objects.requireNonNullElse(manifest.ddl(), List.<Manifest.ChangedObject>of()).stream()
            .map(o -> new ReportLine(o.object(), o.change()))
            .toList(),
        Objects.requireNonNullElse(manifest.notVerified(), List.<Manifest.NotVerified>of()).stream()
            .map(o -> new ReportLine(o.object(), o.reason()))
            .toList(),
        facts(manifest));
  }

  private static ReportLine step(Manifest.SqlStep step) {
    return new ReportLine(step.name(), step.rows() < 0 ? "not known" : Quantity.count(step.rows()));
  }

  private static Assertion assertion(Manifest.Assertion assertion) {
    String sql = assertion.sql();
    String equals = assertion.equals();
    return new Assertion(
        assertion.name(),
        sql == null ? "" : sql.strip(),
        sql == null ? "" : equals == null ? "no rows" : equals,
        assertion.held());
  }

  private static List<ReportLine> facts(Manifest manifest) {
    Manifest.Origin source = manifest.source();
    Manifest.Dump dump = manifest.dump();
    return List.of(
        new ReportLine("Raw snapshot", place(source.uri())),
        new ReportLine("Database", stated(source.database())),
        new ReportLine("PostgreSQL in production", stated(source.serverVersion())),
        new ReportLine("Scratch database", manifest.run().scratch()),
        new ReportLine(
            "Dump",
            Quantity.bytes(dump.size()) + ", or " + Quantity.bytes(dump.textSize()) + " of SQL"),
        new ReportLine("SHA-256 of the dump", dump.sha256()),
        new ReportLine("Policy", fileName(manifest.policy().file())),
        new ReportLine("SHA-256 of the policy", manifest.policy().sha256()),
        new ReportLine(
            "Sanitized",
            ReportTime.of(manifest.run().finishedAt()) + " by decant " + manifest.decant()));
  }

  private static String stated(@Nullable String fact) {
    return fact == null ? "not stated" : fact;
  }

  /**
   * A location in a bucket as it is. Of other locations only the last name, without its folders.
   */
  private static String place(String uri) {
    return uri.startsWith("s3://") ? uri : fileName(uri.replaceFirst("[?#].*", ""));
  }

  private static String fileName(String path) {
    String whole = path.replaceFirst("[/\\\\]+$", "");
    return whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1);
  }
}
