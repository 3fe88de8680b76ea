package dev.decant.schema;

import dev.decant.postgres.Quoting;

/**
 * The name of a table with its schema. The parts are not quoted. {@link #toString()} quotes a part
 * only if SQL needs it, which is the form of policies and messages.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
  /**
   * An identifier in the form of policies, which has double quotes only if SQL needs them. Keywords
   * have no quotes.
   */
  public static String quoted(String identifier) {
    return Quoting.identifierIfNeeded(identifier);
  }

  /** An identifier in double quotes, which is safe in every statement, even if it is a keyword. */
  public static String alwaysQuoted(String identifier) {
    return Quoting.identifier(identifier);
  }

  /** The name with both parts in double quotes, for statements that decant writes. */
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
