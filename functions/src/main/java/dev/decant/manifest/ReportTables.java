package dev.decant.manifest;

import dev.decant.frame.Frame;
import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables and columns of a report. */
final class ReportTables {
  /** More tables than these are folded, so that the page stays short. */
  private static final int UNFOLDED = 5;

  /**
   * The numbers of columns and tables.
   *
   * @param soundPersonal the columns that are kept, in all rows or in some, and whose names suggest
   *     personal data
   */
  record Totals(long maskedColumns, long keptColumns, long truncatedTables, long soundPersonal) {}

  /** A column that is kept although its name suggests personal data. */
  record Sounding(String table, String column, String looksLike, String kept) {}

  /** A mask of a column. {@code when} is empty if the mask is always used. */
  record Masked(String column, String mask, String options, String when) {}

  /** A kept column. {@code looksLike} is empty if its name suggests no personal data. */
  record Kept(String column, String looksLike) {}

  /**
   * A table with rows.
   *
   * @param leftOut the rows that the policy leaves out; empty if there are none
   */
  record Table(
      String table,
      String summary,
      String leftOut,
      boolean open,
      List<Masked> masked,
      List<Kept> kept) {}

  /** All of it. */
  record View(
      List<ReportLine> totals,
      ReportFolded<Sounding> sounding,
      List<ReportMasks.View> masks,
      List<Table> tables,
      ReportFolded<ReportLine> truncated,
      List<String> absent) {}

  private ReportTables() {}

  static View of(Manifest manifest) {
    List<Manifest.Table> withRows =
        manifest.tables().stream().filter(table -> !table.truncated()).toList();
    Map<TableName, Long> sizes = sizes(manifest);
    return new View(
        texts(manifest),
        ReportFolded.of(sounding(manifest), "column"),
        ReportMasks.of(manifest),
        withRows.stream()
            .map(t -> table(t, sizes.getOrDefault(t.table(), 0L), withRows.size() <= UNFOLDED))
            .toList(),
        ReportFolded.of(
            manifest.tables().stream()
                .filter(Manifest.Table::truncated)
                .map(t -> new ReportLine(t.table().toString(), Quantity.count(t.rowsIn())))
                .toList(),
            "table"),
        manifest.absentTables().stream().map(TableName::toString).toList());
  }

  /** The compressed bytes of the rows of each table. */
  static Map<TableName, Long> sizes(Manifest manifest) {
    Map<TableName, Long> sizes = new HashMap<>();
    for (Frame frame : manifest.frames()) {
      if (frame.table() != null) {
        sizes.merge(frame.table(), frame.length(), Long::sum);
      }
    }
    return sizes;
  }

  static Totals totals(Manifest manifest) {
    long columns = manifest.tables().stream().mapToLong(t -> t.columns().size()).sum();
    long kept =
        manifest.tables().stream()
            .flatMap(t -> t.columns().stream())
            .filter(Manifest.Column::kept)
            .count();
    return new Totals(
        columns - kept,
        kept,
        manifest.tables().stream().filter(Manifest.Table::truncated).count(),
        sounding(manifest).size());
  }

  private static List<ReportLine> texts(Manifest manifest) {
    Totals totals = totals(manifest);
    return List.of(
        total(totals.maskedColumns(), "column", "masked"),
        total(totals.keptColumns(), "column", "kept"),
        total(totals.truncatedTables(), "table", "truncated"),
        new ReportLine(
            "rows of " + Quantity.count(manifest.rowsIn()) + " published",
            Quantity.count(manifest.rowsOut())),
        new ReportLine("size of the dump", Quantity.bytes(manifest.dump().size())));
  }

  private static ReportLine total(long number, String noun, String verb) {
    return new ReportLine(noun + (number == 1 ? " " : "s ") + verb, Quantity.count(number));
  }

  private static List<Sounding> sounding(Manifest manifest) {
    List<Sounding> sounding = new ArrayList<>();
    for (Manifest.Table table : manifest.tables()) {
      for (Manifest.Column column : table.columns()) {
        String looksLike = column.looksLike();
        if (looksLike != null) {
          sounding.add(
              new Sounding(
                  table.table().toString(),
                  column.name(),
                  looksLike,
                  column.kept() ? "in all rows" : "in some rows"));
        }
      }
    }
    return sounding;
  }

  private static Table table(Manifest.Table table, long size, boolean open) {
    List<Masked> masked = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    for (Manifest.Column column : table.columns()) {
      String looksLike = column.looksLike();
      if (column.kept()) {
        kept.add(new Kept(column.name(), looksLike == null ? "" : looksLike));
      } else {
        column.rules().forEach(rule -> masked.add(masked(column, rule)));
      }
    }
    long columns = table.columns().stream().filter(c -> !c.kept()).count();
    return new Table(
        table.table().toString(),
        Quantity.count(columns)
            + " masked, "
            + Quantity.count(kept.size())
            + " kept, "
            + Quantity.counted(table.rowsOut(), "row")
            + ", "
            + Quantity.bytes(size),
        table.rowsIn() <= table.rowsOut()
            ? ""
            : Quantity.counted(table.rowsIn() - table.rowsOut(), "row"),
        open,
        masked,
        kept);
  }

  private static Masked masked(Manifest.Column column, Manifest.Rule rule) {
    String when = rule.when();
    return new Masked(
        column.name(), rule.mask(), ReportLine.words(rule.options()), when == null ? "" : when);
  }
}
