package dev.decant.schema;

import java.util.List;

/**
 * A primary key, a UNIQUE constraint, a unique index or an EXCLUDE constraint.
 *
 * @param columns the columns that it reads, including those of expressions and of a predicate
 */
public record UniqueKey(String name, TableName table, List<String> columns, Kind kind) {
  /** The kind of the constraint or index. */
  public enum Kind {
    PRIMARY_KEY,
    UNIQUE,
    UNIQUE_INDEX,
    EXCLUDE
  }

  public UniqueKey {
    columns = List.copyOf(columns);
  }
}
