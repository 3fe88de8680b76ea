package dev.decant.manifest;

import dev.decant.manifest.Manifest.LeakTrace.Coverage;
import dev.decant.manifest.Manifest.LeakTrace.MaskedColumn;
import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a report about the leak trace. */
final class ReportTrace {
  /** A column whose raw values were traced, or whose masked values were checked. */
  record Column(String column, String mask, String values) {}

  /**
   * Columns that were checked in the same way.
   *
   * @param text says how
   */
  record Checked(String text, ReportFolded<Column> columns) {}

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
      List<Checked> checked) {}

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
        coverage == null ? List.of() : checked(coverage));
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

  private static List<Checked> checked(Coverage coverage) {
    List<Checked> checked = new ArrayList<>();
    add(checked, "The raw values of these columns were looked for.", coverage.traced());
    add(
        checked,
        "The masks of these columns take values from a dictionary. Each value was checked to be one"
            + " that the mask can write.",
        coverage.written());
    return checked;
  }

  private static void add(List<Checked> checked, String text, List<MaskedColumn> columns) {
    if (!columns.isEmpty()) {
      checked.add(
          new Checked(
              text,
              ReportFolded.of(
                  columns.stream()
                      .map(c -> new Column(c.column(), c.mask(), Quantity.count(c.values())))
                      .toList(),
                  "column")));
    }
  }
}
