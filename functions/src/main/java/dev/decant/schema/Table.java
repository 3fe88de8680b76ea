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
 * @param takesAnyRow whether there is a partition for each value of the partition key
 */
public record Table(
    TableName name,
    List<Column> columns,
    boolean partitioned,
    List<String> partitionKey,
    @Nullable TableName partitionOf,
    List<TableName> parents,
    @Nullable String extension,
    boolean takesAnyRow) {
  public Table {
    columns = List.copyOf(columns);
    partitionKey = List.copyOf(partitionKey);
    parents = List.copyOf(parents);
  }

  /** A table whose partitions, if it has any, may lack one for some rows. */
  public Table(
      TableName name,
      List<Column> columns,
      boolean partitioned,
      List<String> partitionKey,
      @Nullable TableName partitionOf,
      List<TableName> parents,
      @Nullable String extension) {
    this(name, columns, partitioned, partitionKey, partitionOf, parents, extension, false);
  }

  /**
   * The columns of a COPY statement that names none: all columns in the order of the table, without
   * the generated ones.
   */
  public List<String> copyColumns() {
    return columns.stream().filter(c -> !c.generated()).map(Column::name).toList();
  }

  /** The names of all columns, in their order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  public Optional<Column> column(String columnName) {
    for (Column column : columns) {
      if (column.name().equals(columnName)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** The same table, in which these columns are NOT NULL. */
  Table withNotNull(List<String> names) {
    return names.isEmpty()
        ? this
        : new Table(
            name,
            columns.stream().map(c -> names.contains(c.name()) ? c.withNotNull() : c).toList(),
            partitioned,
            partitionKey,
            partitionOf,
            parents,
            extension,
            takesAnyRow);
  }
}
