package dev.decant.cli;

import dev.decant.progress.Quantity;
import dev.decant.refresh.RefreshResult;
import dev.decant.schema.TableName;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result panel of a refresh or a rollback, for people. */
final class RefreshPanel {
  private RefreshPanel() {}

  /**
   * The lines of the panel.
   *
   * @param columns the width of the terminal, or 0 if nothing is wrapped
   */
  static List<String> text(RefreshResult result, int columns) {
    return switch (result) {
      case RefreshResult.Planned planned -> planned(planned);
      case RefreshResult.Refreshed refreshed -> refreshed(refreshed, columns);
      case RefreshResult.Repeated repeated -> repeated(repeated, columns);
      case RefreshResult.RolledBack rolledBack -> rolledBack(rolledBack, columns);
    };
  }

  private static List<String> planned(RefreshResult.Planned result) {
    List<String> lines = new ArrayList<>();
    lines.add("target " + result.location().target() + ": all guards hold. A run would");
    result.plan().forEach(line -> lines.add("  " + line));
    addWarnings(lines, result);
    return lines;
  }

  private static List<String> refreshed(RefreshResult.Refreshed result, int columns) {
    RefreshResult.Content content = result.content();
    TextTable facts =
        facts(
            result,
            "refreshed from",
            content.snapshot() + ", taken " + content.takenAt().truncatedTo(ChronoUnit.SECONDS));
    facts.row(
        "masks",
        content.masks().entrySet().stream()
            .map(mask -> mask.getKey() + " " + mask.getValue())
            .collect(Collectors.joining(", ")));
    facts.row("columns kept", Integer.toString(content.columnsKept()));
    names(facts, "rows left out", content.truncated());
    names(facts, "not in the source", content.absent());
    names(facts, "kept from before", result.keptTables());
    for (RefreshResult.Check check : result.checks()) {
      facts.row("check", check.name() + ": " + check(check));
    }
    addHooks(facts, result);
    String previous = result.previous();
    facts.row("rollback to", previous == null ? "none" : previous);
    List<String> lines = new ArrayList<>(facts.lines(columns));
    lines.add("");
    lines.addAll(rows(result).lines(columns));
    addWarnings(lines, result);
    return lines;
  }

  private static List<String> repeated(RefreshResult.Repeated result, int columns) {
    List<String> lines =
        new ArrayList<>(facts(result, "refreshed before from", result.snapshot()).lines(columns));
    addWarnings(lines, result);
    return lines;
  }

  private static List<String> rolledBack(RefreshResult.RolledBack result, int columns) {
    String snapshot = result.snapshot();
    TextTable facts =
        facts(
            result,
            "rolled back to",
            snapshot == null ? "a database that no refresh made" : snapshot);
    addHooks(facts, result);
    facts.row("replaced", result.previous());
    List<String> lines = new ArrayList<>(facts.lines(columns));
    addWarnings(lines, result);
    return lines;
  }

  private static TextTable facts(RefreshResult result, String label, String snapshot) {
    RefreshResult.Location location = result.location();
    TextTable facts = new TextTable("target", location.target());
    facts.row("database", location.database() + " on " + location.host());
    facts.row(label, snapshot);
    facts.row(
        "unavailable",
        String.format(Locale.ROOT, "%.2f s", result.activity().downtimeMillis() / 1e3));
    return facts;
  }

  private static void addHooks(TextTable facts, RefreshResult result) {
    for (RefreshResult.HookOutcome hook : result.activity().hooks()) {
      facts.row(hook.phase() + " hook", hook.hook() + ": " + (hook.ok() ? "done" : "failed"));
    }
  }

  private static void addWarnings(List<String> lines, RefreshResult result) {
    result.activity().warnings().forEach(warning -> lines.add("note: " + warning));
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

  private static TextTable rows(RefreshResult.Refreshed result) {
    TextTable table = new TextTable("TABLE", ">ROWS");
    result.rows().forEach((name, rows) -> table.row(name.toString(), Quantity.count(rows)));
    return table;
  }
}
