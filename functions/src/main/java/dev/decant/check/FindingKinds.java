package dev.decant.check;

import dev.decant.check.CheckFinding.Kind;
import dev.decant.dump.CreatedTable;
import dev.decant.inspect.Inspected;
import dev.decant.policy.Policy;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Determines the kind of a problem of a policy, and the line of its table in the source. */
record FindingKinds(Policy policy, Inspected inspected) {
  CheckFinding of(Problem problem) {
    return finding(kind(problem), problem);
  }

  CheckFinding finding(Kind kind, Problem problem) {
    return new CheckFinding(
        kind,
        problem.line(),
        sourceLine(problem.table(), problem.column()),
        problem.table(),
        problem.column(),
        problem.message());
  }

  private Kind kind(Problem problem) {
    TableName name = problem.table();
    if (name == null) {
      return Kind.UNFIT;
    }
    Policy.TableEntry entry = policy.tables().get(name);
    Optional<Table> table = schema().table(name);
    String columnName = problem.column();
    if (table.isEmpty() || columnName == null) {
      return entry != null ? Kind.STALE : Kind.MISSING;
    }
    Optional<Column> column = table.get().column(columnName);
    if (column.isEmpty() || column.get().generated()) {
      return Kind.STALE;
    }
    boolean written =
        entry != null
            && (entry.keep().containsKey(columnName) || entry.columns().containsKey(columnName));
    return written || inherited(table.get(), columnName) ? Kind.UNFIT : Kind.MISSING;
  }

  private boolean inherited(Table table, String column) {
    return table.parents().stream()
        .flatMap(parent -> schema().table(parent).stream())
        .anyMatch(parent -> parent.column(column).isPresent());
  }

  private Schema schema() {
    return inspected.schema();
  }

  long sourceLine(@Nullable TableName table, @Nullable String column) {
    CreatedTable created = table == null ? null : inspected.created().get(table);
    return created == null ? 0 : created.columns().getOrDefault(column, created.line());
  }
}
