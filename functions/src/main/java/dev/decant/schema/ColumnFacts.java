package dev.decant.schema;

import java.util.List;

/**
 * Facts about the values of a column that a schema states beside its type.
 *
 * @param serverMade whether the server gives each new row another value, because the column is an
 *     identity column, or its default is {@code nextval(…)} or a function that makes a uuid
 * @param allowed the texts that a CHECK of the column or of its domain allows; empty if there is no
 *     such list
 * @param longest the maximal number of characters that a CHECK allows, or -1
 */
public record ColumnFacts(boolean serverMade, List<String> allowed, int longest) {
  /** No facts are known. */
  static final ColumnFacts NONE = new ColumnFacts(false, List.of(), -1);

  public ColumnFacts {
    allowed = List.copyOf(allowed);
  }

  ColumnFacts withServerMade() {
    return new ColumnFacts(true, allowed, longest);
  }

  /** Adds the facts of a CHECK, whose text is in the form of {@code pg_get_constraintdef}. */
  ColumnFacts withCheck(String definition) {
    List<String> listed = CheckText.allowed(definition);
    int most = CheckText.longest(definition);
    return new ColumnFacts(
        serverMade, listed.isEmpty() ? allowed : listed, most < 0 ? longest : most);
  }
}
