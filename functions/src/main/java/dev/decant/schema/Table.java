package dev.decant.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table that can have rows in a dump.
 *
 * @param columns the columns in the order of the catalog, without dropped ones
 * @param partitioned whether the table is partitioned; its rows then belong to its leaf partitions
 * @param partitionKey the columns of the partition key, including those in expressions; empty if
 *     the table is not partitioned
 * @param partitionOf the table of which this one is a partition, or null
 * @param parents the tables from which this one inherits (INHERITS), in their order
 * @param extension the extension to which the table belongs as a configuration table, or null
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
   * The columns of a COPY statement that names none: all columns in the order of the table, without
   * the generated ones.
   */
  public List<String> copyColumns() {
    return columns.stream().filter(c -> !c.generated()).map(Column::name).toList();
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }
}
