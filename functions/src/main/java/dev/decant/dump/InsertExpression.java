package dev.decant.dump;

import java.util.Set;

/**
 * An expression in a row of an INSERT statement. It has no subquery, calls only functions without a
 * schema or of pg_catalog, and does not use the name of the user or of the database.
 *
 * @param sql its text, which has balanced parentheses and no semicolon outside of strings
 * @param functions the functions that it calls, without those whose syntax is part of SQL
 * @param integer whether its column is an integer, for which a fraction is rounded
 * @param backslashEscapes whether backslashes escape in plain strings, because
 *     standard_conforming_strings is off
 */
public record InsertExpression(
    String sql, Set<String> functions, boolean integer, boolean backslashEscapes) {
  public InsertExpression {
    functions = Set.copyOf(functions);
  }
}
