package dev.decant.pack;

import dev.decant.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a pack for a table.
 *
 * @param having columns that the table must have; otherwise it is another table of the same name
 * @param truncate the reason why the rows are left out; null if they are not
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
