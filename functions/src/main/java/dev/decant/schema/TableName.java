package dev.decant.schema;

import dev.decant.postgres.Quoting;

/**
 * A schema-qualified table name, unquoted parts. {@link #toString()} gives SQL: parts are quoted
 * where SQL needs it, the form that policies and messages use.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
  /**
   * An identifier as SQL writes it in a policy: bare where it can be, else in double quotes.
   * Keywords stay bare.
   */
  public static String quoted(String identifier) {
    return Quoting.identifierIfNeeded(identifier);
  }

  /** An identifier in double quotes: safe in any statement, keywords included. */
  public static String alwaysQuoted(String identifier) {
    return Quoting.identifier(identifier);
  }

  /** For statements that decant writes: both parts in double quotes. */
  public String sql() {
    return Quoting.identifier(schema) + '.' + Quoting.identifier(name);
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return Quoting.identifierIfNeeded(schema) + '.' + Quoting.identifierIfNeeded(name);
  }
}
