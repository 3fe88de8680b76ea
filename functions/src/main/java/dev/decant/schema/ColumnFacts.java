package dev.decant.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Facts about the values of a column that a schema states beside its type.
 *
 * @param serverMade whether the server gives each new row another value, because the column is an
 *     identity column, or its default is {@code nextval(…)} or a function that makes a uuid
 * @param allowed the texts that a CHECK of the column or of its domain allows; empty if there is no
 *     such list
 * @param longest the maximal number of characters that a CHECK allows, or -1
 * @param checks the CHECKs that read the column, also together with other columns
 */
public record ColumnFacts(
    boolean serverMade, List<String> allowed, int longest, List<Check> checks) {
  /**
   * A CHECK of a table or of a domain.
   *
   * @param name the name of the constraint
   * @param definition in the form of {@code pg_get_constraintdef}
   * @param columns the columns that it reads; empty for a domain
   */
  public record Check(String name, String definition, List<String> columns) {
    public Check {
      columns = List.copyOf(columns);
    }
  }

  /** No facts are known. */
  static final ColumnFacts NONE = new ColumnFacts(false, List.of(), -1, List.of());

  public ColumnFacts {
    allowed = List.copyOf(allowed);
    checks = List.copyOf(checks);
  }

  ColumnFacts withServerMade() {
    return new ColumnFacts(true, allowed, longest, checks);
  }

  ColumnFacts withCheck(Check check) {
    List<Check> all = new ArrayList<>(checks);
    all.add(check);
    boolean alone = check.columns().size() <= 1;
    List<String> listed = alone ? CheckText.allowed(check.definition()) : List.of();
    int most = alone ? CheckText.longest(check.definition()) : -1;
    return new ColumnFacts(
        serverMade, listed.isEmpty() ? allowed : listed, most < 0 ? longest : most, all);
  }
}
