package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.TableRule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table's rules while they are put together, and the lines that they stand on. */
final class Resolved {
  /** Of the table's entry; 0 where it has none. */
  final int line;

  final boolean truncate;
  final Map<String, ColumnRule> columns = new HashMap<>();
  final Map<String, Integer> lines = new HashMap<>();
  @Nullable Condition where;

  Resolved(int line, boolean truncate) {
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
