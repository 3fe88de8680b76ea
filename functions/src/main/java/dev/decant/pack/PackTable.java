package dev.decant.pack;

import dev.decant.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a pack for a table.
 *
 * @param having columns without which the table is another one of the same name
 * @param truncate the reason why the rows do not travel; null if they do
 * @param columns the rules, in the order of the pack
 */
record PackTable(
    TablePattern pattern,
    List<String> having,
    @Nullable String truncate,
    Map<String, PackRule> columns) {
  PackTable {
    having = List.copyOf(having);
    columns = new LinkedHashMap<>(columns);
  }

  boolean matches(Table table) {
    return pattern.matches(table.name())
        && having.stream().allMatch(column -> table.column(column).isPresent());
  }
}
