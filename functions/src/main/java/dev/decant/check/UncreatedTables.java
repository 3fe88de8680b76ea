package dev.decant.check;

import dev.decant.check.CheckFinding.Kind;
import dev.decant.dump.CreatedTable;
import dev.decant.inspect.Inspected;
import dev.decant.inspect.NotCreated;
import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import dev.decant.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of the source that the scratch database could not create, for example because an
 * extension is missing. The text of their CREATE TABLE gives the names of their columns, so the
 * check still finds columns without a rule. The types and the keys of these columns are unknown.
 */
final class UncreatedTables {
  private static final String SERVER =
      " To check it completely, name a server that can create it with --scratch.";

  private final Policy policy;
  private final Map<TableName, CreatedTable> created;
  private final Map<TableName, NotCreated> failed = new LinkedHashMap<>();
  private final List<NotCreated> changes = new ArrayList<>();

  UncreatedTables(Policy policy, Inspected inspected) {
    this.policy = policy;
    this.created = inspected.created();
    Set<String> objects = new TreeSet<>();
    for (NotCreated each : inspected.notCreated()) {
      CreatedTable table = each.table();
      if (table != null && inspected.schema().table(table.name()).isEmpty()) {
        failed.put(table.name(), each);
        objects.add(each.object());
      } else if (each.columns() && !objects.contains(each.object())) {
        changes.add(each);
      }
    }
  }

  /** Whether a problem only says that one of these tables does not exist. */
  boolean explain(Problem problem) {
    TableName table = problem.table();
    return table != null && failed.containsKey(table);
  }

  List<CheckFinding> findings() {
    List<CheckFinding> findings = new ArrayList<>();
    failed.forEach(
        (name, each) -> {
          CreatedTable table = created.get(name);
          if (table != null) {
            compare(table, each, findings);
          }
        });
    changes.forEach(change -> findings.add(change.line() == 0 ? unread(change) : unknown(change)));
    return findings;
  }

  private static CheckFinding unread(NotCreated object) {
    return new CheckFinding(
        Kind.UNREAD,
        0,
        0,
        null,
        null,
        "The definition of "
            + object.object()
            + " could not be read: "
            + object.reason()
            + " Run the check again when no table is locked.");
  }

  private static CheckFinding unknown(NotCreated change) {
    return new CheckFinding(
        Kind.UNKNOWN_COLUMNS,
        0,
        change.line(),
        null,
        null,
        "The scratch database could not run the statement of line "
            + change.line()
            + ", which concerns "
            + change.object()
            + ": "
            + change.reason()
            + " Therefore decant does not know the columns of the table. Name a server that"
            + " can run it with --scratch, or check the output of pg_dump --schema-only.");
  }

  private void compare(CreatedTable table, NotCreated why, List<CheckFinding> findings) {
    Policy.TableEntry entry = policy.tables().get(table.name());
    if (entry == null && !table.columns().isEmpty()) {
      findings.add(
          new CheckFinding(
              Kind.MISSING,
              0,
              table.line(),
              table.name(),
              null,
              "The table has no rule. Write an entry for it under tables. The proposal does not"
                  + " contain it, because the scratch database could not create the table."));
    } else if (entry != null && !entry.truncate()) {
      columns(table, entry, findings);
    }
    findings.add(
        new CheckFinding(
            Kind.UNVERIFIED,
            entry == null ? 0 : entry.line(),
            table.line(),
            table.name(),
            null,
            "The scratch database could not create the table, so decant compared only the names of"
                + " its columns: "
                + why.reason()
                + SERVER));
  }

  private static void columns(
      CreatedTable table, Policy.TableEntry entry, List<CheckFinding> findings) {
    Set<String> written = new TreeSet<>(entry.keep().keySet());
    written.addAll(entry.columns().keySet());
    table
        .columns()
        .forEach(
            (column, line) -> {
              if (!written.contains(column)) {
                findings.add(
                    new CheckFinding(
                        Kind.MISSING,
                        entry.line(),
                        line,
                        table.name(),
                        column,
                        "The column has no rule. Write it into keep or columns."));
              }
            });
    for (String column : written) {
      if (!table.columns().isEmpty() && !table.columns().containsKey(column)) {
        Integer kept = entry.keep().get(column);
        Policy.ColumnEntry masked = entry.columns().get(column);
        findings.add(
            new CheckFinding(
                Kind.STALE,
                kept != null ? kept : masked == null ? entry.line() : masked.line(),
                table.line(),
                table.name(),
                column,
                "CREATE TABLE does not name this column, or computes it. Remove its rule."));
      }
    }
  }
}
