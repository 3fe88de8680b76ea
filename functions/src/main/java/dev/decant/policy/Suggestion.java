package dev.decant.policy;

import org.jspecify.annotations.Nullable;

/**
 * A proposed rule for one column.
 *
 * @param rule the rule in one line of YAML: the name of a mask, or a map
 * @param copied the column whose rule in the policy is copied, or null; if it is set, {@code rule}
 *     is not used
 * @param review the reason why somebody has to look at the rule, or null
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
