package dev.decant.schema;

/**
 * A column of a table.
 *
 * @param generated whether the server computes the column ({@code GENERATED ALWAYS AS (…)}); the
 *     rows of a dump do not have such columns
 * @param constrained whether a CHECK of the table or of a domain reads the column
 */
public record Column(
    String name, ColumnType type, boolean notNull, boolean generated, boolean constrained) {

  Column withNotNull() {
    return new Column(name, type, true, generated, constrained);
  }
}
