package dev.decant.mask;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rule of one table, with a rule for every column of its rows.
 *
 * @param truncate whether the snapshot has the table without its rows
 * @param columns the rules by the name of the column, including kept columns; empty if the table is
 *     truncated
 * @param where the condition of the rows that become part of the snapshot; null for all rows
 */
public record TableRule(
    boolean truncate, Map<String, ColumnRule> columns, @Nullable Condition where) {
  public TableRule {
    columns = Map.copyOf(columns);
  }
}
