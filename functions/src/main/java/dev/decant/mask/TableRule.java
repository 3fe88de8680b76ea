package dev.decant.mask;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rule of one table, resolved: a rule for every column that its rows have.
 *
 * @param truncate the table travels, its rows do not
 * @param columns by column name, kept ones included; empty where truncated
 * @param where the rows that travel, or null for all
 */
public record TableRule(
    boolean truncate, Map<String, ColumnRule> columns, @Nullable Condition where) {
  public TableRule {
    columns = Map.copyOf(columns);
  }
}
