package dev.decant.pack;

import dev.decant.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The knowledge of decant about the schema of one application.
 *
 * @param title the application and its parts, for the documents
 * @param recognizedBy alternatives: tables with some of their columns that the application has;
 *     none if the pack finds columns by their names
 * @param settings columns that are found by their names
 * @param sql statements; {@code {TABLE}} stands for a table, {@code {TABLE:COLUMN}} for a column
 * @param assertions queries in the same form that must give no rows
 */
record Pack(
    String name,
    String title,
    List<Map<TablePattern, List<String>>> recognizedBy,
    List<PackTable> tables,
    List<SettingColumns> settings,
    List<String> sql,
    List<PackAssertion> assertions) {
  Pack {
    recognizedBy = List.copyOf(recognizedBy);
    tables = List.copyOf(tables);
    settings = List.copyOf(settings);
    sql = List.copyOf(sql);
    assertions = List.copyOf(assertions);
  }

  /**
   * Whether the application always uses the same schemas, so that the names of its tables in the
   * pack include them.
   */
  boolean namesSchemas() {
    return tables.stream().anyMatch(t -> t.pattern().schema() != null);
  }

  /** Whether these tables are those of the application. */
  boolean recognizes(Collection<Table> part) {
    return recognizedBy.isEmpty()
        || recognizedBy.stream()
            .anyMatch(
                all ->
                    all.entrySet().stream()
                        .allMatch(
                            e -> part.stream().anyMatch(t -> has(t, e.getKey(), e.getValue()))));
  }

  private static boolean has(Table table, TablePattern pattern, List<String> columns) {
    return pattern.matches(table.name())
        && columns.stream().allMatch(column -> table.column(column).isPresent());
  }
}
