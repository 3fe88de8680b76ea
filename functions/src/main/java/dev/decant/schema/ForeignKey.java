package dev.decant.schema;

import java.util.List;

/**
 * A foreign key: {@code columns} of {@code table} refer to {@code referencedColumns} of {@code
 * referenced}, pair by pair.
 */
public record ForeignKey(
    String name,
    TableName table,
    List<String> columns,
    TableName referenced,
    List<String> referencedColumns) {
  public ForeignKey {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }
}
