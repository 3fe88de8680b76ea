package dev.decant.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table that can have rows in a dump.
 *
 * @param columns in the order of the catalog, dropped ones left out
 * @param partitioned whether it is a partitioned table (its rows stand under its leaves)
 * @param partitionKey columns of its partition key, expressions' columns included; empty where it
 *     is not partitioned
 * @param partitionOf the table that it is a partition of, or null
 * @param parents the tables that it inherits from (INHERITS), in order
 * @param extension the extension that it belongs to (a configuration table), or null
 */
public record Table(
    TableName name,
    List<Column> columns,
    boolean partitioned,
    List<String> partitionKey,
    @Nullable TableName partitionOf,
    List<TableName> parents,
    @Nullable String extension) {
  public Table {
    columns = List.copyOf(columns);
    partitionKey = List.copyOf(partitionKey);
    parents = List.copyOf(parents);
  }

  /**
   * The columns that COPY takes where it names none: all in the table's order, without those that
   * are generated.
   */
  public List<String> copyColumns() {
    return columns.stream().filter(c -> !c.generated()).map(Column::name).toList();
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }
}
