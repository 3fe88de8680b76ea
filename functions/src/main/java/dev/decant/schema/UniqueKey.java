package dev.decant.schema;

import java.util.List;

/**
 * A primary key, a UNIQUE constraint, a unique index or an EXCLUDE constraint.
 *
 * @param columns the columns that it reads, including those of expressions and of a predicate
 * @param plain the columns whose values are parts of the key as they are
 * @param nullsEqual whether NULLs count as equal (NULLS NOT DISTINCT)
 */
public record UniqueKey(
    String name,
    TableName table,
    List<String> columns,
    Kind kind,
    List<String> plain,
    boolean nullsEqual) {
  /** The kind of the constraint or index. */
  public enum Kind {
    PRIMARY_KEY,
    UNIQUE,
    UNIQUE_INDEX,
    EXCLUDE
  }

  public UniqueKey {
    columns = List.copyOf(columns);
    plain = List.copyOf(plain);
  }

  /** A key of columns, without expressions, a predicate or NULLS NOT DISTINCT. */
  public UniqueKey(String name, TableName table, List<String> columns, Kind kind) {
    this(name, table, columns, kind, columns, false);
  }
}
