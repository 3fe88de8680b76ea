package dev.decant.cli;

import dev.decant.progress.Quantity;
import dev.decant.refresh.RefreshResult;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result panel of a refresh or a rollback, for people. */
final class RefreshPanel {
  private RefreshPanel() {}

  static List<String> text(RefreshResult result) {
    return switch (result.outcome()) {
      case PLANNED -> planned(result);
      case REFRESHED, ROLLED_BACK -> done(result);
    };
  }

  private static List<String> planned(RefreshResult result) {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("target " + result.target() + ": all guards hold; a run would");
    result.plan().forEach(line -> lines.add("  " + line));
    result.warnings().forEach(warning -> lines.add("note: " + warning));
    return lines;
  }

  private static List<String> done(RefreshResult result) {
    boolean refreshed = result.outcome() == RefreshResult.Outcome.REFRESHED;
    TextTable facts = new TextTable("target", result.target());
    facts.row("database", result.database() + " on " + result.host());
    facts.row(
        refreshed ? "refreshed from" : "rolled back to",
        (result.snapshot() == null ? "a database without decant.refresh" : result.snapshot())
            + (result.takenAt() == null ? "" : ", taken " + result.takenAt()));
    facts.row("unavailable", String.format(Locale.ROOT, "%.2f s", result.downtimeMillis() / 1e3));
    if (refreshed) {
      facts.row(
          "masks",
          result.masks().entrySet().stream()
              .map(mask -> mask.getKey() + " " + mask.getValue())
              .collect(Collectors.joining(", ")));
      facts.row("columns kept", Integer.toString(result.columnsKept()));
      names(facts, "rows left out", result.truncated());
      names(facts, "not in the source", result.absent());
      names(facts, "kept from before", result.keptTables());
    }
    for (RefreshResult.Check check : result.checks()) {
      facts.row("check", check.name() + ": " + check(check));
    }
    for (RefreshResult.HookOutcome hook : result.hooks()) {
      facts.row(hook.phase() + " hook", hook.hook() + ": " + (hook.ok() ? "done" : "failed"));
    }
    facts.row(
        refreshed ? "rollback to" : "what was there",
        result.previous() == null ? "none" : result.previous());
    List<String> lines = new java.util.ArrayList<>(facts.lines());
    if (refreshed) {
      lines.add("");
      lines.addAll(rows(result).lines());
    }
    result.warnings().forEach(warning -> lines.add("note: " + warning));
    return lines;
  }

  private static String check(RefreshResult.Check check) {
    String holds = check.holds() ? "holds" : "fails";
    return check.found().isEmpty() ? holds : holds + " (" + check.found() + ')';
  }

  private static void names(TextTable facts, String label, List<TableName> tables) {
    if (!tables.isEmpty()) {
      facts.row(label, tables.stream().map(TableName::toString).collect(Collectors.joining(", ")));
    }
  }

  private static TextTable rows(RefreshResult result) {
    TextTable table = new TextTable("TABLE", ">ROWS");
    result.rows().forEach((name, rows) -> table.row(name.toString(), Quantity.count(rows)));
    return table;
  }
}
