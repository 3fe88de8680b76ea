package dev.decant.manifest;

import dev.decant.manifest.Manifest.LeakTrace.Coverage;
import dev.decant.manifest.Manifest.LeakTrace.MaskedColumn;
import dev.decant.progress.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a report about the leak trace. */
final class ReportTrace {
  /** A column whose raw values were traced, or whose masked values were checked. */
  record Column(String column, String mask, String values) {}

  /**
   * All of it.
   *
   * @param ran whether the manifest says what the trace did
   * @param figures the numbers of the trace
   */
  record View(
      boolean ran,
      List<ReportLine> figures,
      ReportFolded<ReportLine> exceptions,
      ReportFolded<Column> traced,
      ReportFolded<Column> written) {}

  private ReportTrace() {}

  static View of(Manifest manifest) {
    Manifest.LeakTrace trace = manifest.leakTrace();
    Coverage coverage = trace == null ? null : trace.coverage();
    return new View(
        trace != null,
        trace == null ? List.of() : figures(trace, coverage),
        ReportFolded.of(
            coverage == null
                ? List.of()
                : coverage.exceptions().stream()
                    .map(e -> new ReportLine(e.subject(), e.rule()))
                    .toList(),
            "exception"),
        columns(coverage == null ? List.of() : coverage.traced()),
        columns(coverage == null ? List.of() : coverage.written()));
  }

  private static List<ReportLine> figures(Manifest.LeakTrace trace, @Nullable Coverage coverage) {
    ReportLine traced = new ReportLine("Raw values traced", Quantity.count(trace.traced()));
    ReportLine looked =
        new ReportLine("Values and words looked up", Quantity.count(trace.looked()));
    ReportLine found = new ReportLine("Raw values found", Quantity.count(trace.found()));
    return coverage == null
        ? List.of(traced, looked, found)
        : List.of(
            traced,
            looked,
            found,
            new ReportLine(
                "Searched",
                Quantity.counted(coverage.columns(), "column")
                    + " and the texts of "
                    + Quantity.counted(coverage.statements(), "statement")),
            new ReportLine(
                "Chance of a false hit",
                "at most one in " + Quantity.count(coverage.falseHitOneIn()) + " for this run"));
  }

  private static ReportFolded<Column> columns(List<MaskedColumn> columns) {
    return ReportFolded.of(
        columns.stream()
            .map(c -> new Column(c.column(), c.mask(), Quantity.count(c.values())))
            .toList(),
        "column");
  }
}
