package dev.decant.schema;

import java.util.regex.Pattern;

/**
 * A schema-qualified table name, unquoted parts. {@link #toString()} gives SQL: parts are quoted
 * where SQL needs it, the form that policies and messages use.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
  private static final Pattern BARE = Pattern.compile("[a-z_][a-z0-9_$]*");

  /**
   * An identifier as SQL writes it in a policy: bare where it can be, else in double quotes.
   * Keywords stay bare.
   */
  public static String quoted(String identifier) {
    return BARE.matcher(identifier).matches() ? identifier : alwaysQuoted(identifier);
  }

  /** An identifier in double quotes: safe in any statement, keywords included. */
  public static String alwaysQuoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** For statements that decant writes: both parts in double quotes. */
  public String sql() {
    return alwaysQuoted(schema) + '.' + alwaysQuoted(name);
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return quoted(schema) + '.' + quoted(name);
  }
}
