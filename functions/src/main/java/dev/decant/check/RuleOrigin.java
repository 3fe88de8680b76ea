package dev.decant.check;

import dev.decant.mask.ColumnRule;
import dev.decant.policy.Policy;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule that applies to a column, and where it comes from.
 *
 * @param rule null if the column has none
 * @param line of the rule in the policy, from 1; 0 if it has none
 * @param why the origin, as sentences
 */
record RuleOrigin(@Nullable ColumnRule rule, int line, String why) {
  /** The rule of a column, whose table may be a partition or inherit from others. */
  static RuleOrigin of(Policy policy, Schema schema, TableName name, String column) {
    return of(policy, schema, name, column, new HashSet<>());
  }

  private static RuleOrigin of(
      Policy policy, Schema schema, TableName name, String column, Set<TableName> seen) {
    Optional<Table> table = schema.table(name);
    TableName whole = table.map(Table::partitionOf).orElse(null);
    if (whole != null && seen.add(name)) {
      RuleOrigin above = of(policy, schema, whole, column, seen);
      return above.after(name + " is a partition of " + whole + ", whose rules serve it. ");
    }
    if (table.flatMap(t -> t.column(column)).filter(Column::generated).isPresent()) {
      return new RuleOrigin(
          null, 0, "PostgreSQL computes the column from others, so it has no rule of its own.");
    }
    Policy.TableEntry entry = policy.tables().get(name);
    if (entry != null) {
      RuleOrigin written = written(name, entry, column);
      if (written != null) {
        return written;
      }
    }
    for (TableName parent : table.map(Table::parents).orElseGet(List::of)) {
      boolean has = schema.table(parent).flatMap(t -> t.column(column)).isPresent();
      if (has && seen.add(parent)) {
        RuleOrigin above = of(policy, schema, parent, column, seen);
        return above.after(name + " inherits the column from " + parent + ". ");
      }
    }
    return new RuleOrigin(
        null,
        entry == null ? 0 : entry.line(),
        "The policy has no rule for the column, so nothing would be published. decant check"
            + " proposes one.");
  }

  private static @Nullable RuleOrigin written(
      TableName name, Policy.TableEntry entry, String column) {
    if (entry.truncate()) {
      return new RuleOrigin(
          null,
          entry.line(),
          "The rule of " + name + " is truncate, so none of its rows are published.");
    }
    Integer kept = entry.keep().get(column);
    if (kept != null) {
      return new RuleOrigin(
          ColumnRule.keep(), kept, "The column is in the keep list of " + name + ".");
    }
    Policy.ColumnEntry masked = entry.columns().get(column);
    if (masked == null) {
      return null;
    }
    int cases = masked.rule().cases().size();
    return new RuleOrigin(
        masked.rule(),
        masked.line(),
        "The column has a rule under columns of "
            + name
            + "."
            + (cases == 1
                ? ""
                : " The rule has " + cases + " cases. The first whose condition holds is used."));
  }

  private RuleOrigin after(String reason) {
    return new RuleOrigin(rule, line, reason + why);
  }
}
