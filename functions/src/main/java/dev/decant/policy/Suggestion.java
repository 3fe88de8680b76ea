package dev.decant.policy;

import org.jspecify.annotations.Nullable;

/**
 * A rule for one column.
 *
 * @param rule as YAML in one line: a mask's name, or a map
 * @param copied the column whose rule in the policy this is a copy of; then {@code rule} is not
 *     used
 * @param review why somebody has to look at it, or null where that is not needed
 */
record Suggestion(String rule, KeyGroups.@Nullable Place copied, @Nullable String review) {
  static Suggestion sure(String rule) {
    return new Suggestion(rule, null, null);
  }

  static Suggestion review(String rule, String why) {
    return new Suggestion(rule, null, why);
  }

  boolean keeps() {
    return copied == null && rule.equals("keep");
  }
}
