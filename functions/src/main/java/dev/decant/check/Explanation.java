package dev.decant.check;

import dev.decant.mask.Disclosure;
import dev.decant.schema.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a column, its origin, and its effect.
 *
 * @param type the type of the column; null if no source was given
 * @param line of the rule in the policy, from 1; 0 if it has none
 * @param why the origin of the rule, as sentences
 * @param yaml the rule as the policy writes it, in which no parameter is filled in
 * @param cases the masks of the rule; the first one whose condition holds is used
 */
public record Explanation(
    TableName table,
    String column,
    @Nullable String type,
    int line,
    String why,
    List<String> yaml,
    List<Case> cases) {
  public Explanation {
    yaml = List.copyOf(yaml);
    cases = List.copyOf(cases);
  }

  /**
   * One mask of the rule.
   *
   * @param conditional whether the case has a condition
   * @param disclosure null if the author of the mask does not say it
   */
  public record Case(
      String mask, boolean conditional, @Nullable Disclosure disclosure, List<Example> examples) {
    public Case {
      examples = List.copyOf(examples);
    }
  }

  /** A made-up value and its masked value, which is null for NULL. */
  public record Example(String value, @Nullable String masked) {}
}
