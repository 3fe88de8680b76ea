package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.TableRule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of a table while they are put together, with the lines that they stand on. */
final class ResolvedTable {
  /** The line of the entry of the table; 0 if it has none. */
  final int line;

  final boolean truncate;
  final Map<String, ColumnRule> columns = new HashMap<>();
  final Map<String, Integer> lines = new HashMap<>();
  @Nullable Condition where;

  ResolvedTable(int line, boolean truncate) {
    this.line = line;
    this.truncate = truncate;
  }

  void put(String column, ColumnRule rule, int at) {
    columns.put(column, rule);
    lines.put(column, at);
  }

  int line(String column) {
    return lines.getOrDefault(column, line);
  }

  TableRule rule() {
    return truncate ? new TableRule(true, Map.of(), null) : new TableRule(false, columns, where);
  }
}
