package dev.decant.schema;

import java.util.List;

/**
 * Something that keeps rows apart: a primary key, UNIQUE constraint, unique index or EXCLUDE
 * constraint.
 *
 * @param columns that it reads, those of expressions and of a predicate included
 */
public record UniqueKey(String name, TableName table, List<String> columns, Kind kind) {
  /** What declares it. */
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
