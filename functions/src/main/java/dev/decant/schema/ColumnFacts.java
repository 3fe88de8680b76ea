package dev.decant.schema;

import java.util.List;

/**
 * What a schema tells of a column's values beyond their type.
 *
 * @param serverMade whether the server gives each new row another value: an identity column, the
 *     default {@code nextval(…)}, or a function that makes a uuid
 * @param allowed the texts that a CHECK of the column or of its domain lists as allowed; empty
 *     where there is no such list
 * @param longest the most characters that a CHECK allows, or -1
 */
public record ColumnFacts(boolean serverMade, List<String> allowed, int longest) {
  /** Nothing is known. */
  static final ColumnFacts NONE = new ColumnFacts(false, List.of(), -1);

  public ColumnFacts {
    allowed = List.copyOf(allowed);
  }

  ColumnFacts withServerMade() {
    return new ColumnFacts(true, allowed, longest);
  }

  /** Adds what the text of a CHECK, as {@code pg_get_constraintdef} writes it, tells. */
  ColumnFacts withCheck(String definition) {
    List<String> listed = CheckText.allowed(definition);
    int most = CheckText.longest(definition);
    return new ColumnFacts(
        serverMade, listed.isEmpty() ? allowed : listed, most < 0 ? longest : most);
  }
}
