package dev.decant.policy.propose;

import org.jspecify.annotations.Nullable;

/**
 * A proposed rule for one column.
 *
 * @param rule the rule in one line of YAML: the name of a mask, or a map
 * @param copied the column whose rule in the policy is copied, or null; if it is set, {@code rule}
 *     is not used
 * @param reason the reason for the rule, as a phrase for a comment; it quotes no value
 * @param review whether somebody has to look at the rule
 */
record Suggestion(String rule, KeyGroups.@Nullable Place copied, String reason, boolean review) {
  static Suggestion sure(String rule, String reason) {
    return new Suggestion(rule, null, reason, false);
  }

  static Suggestion review(String rule, String reason) {
    return new Suggestion(rule, null, reason, true);
  }

  boolean keeps() {
    return copied == null && rule.equals("keep");
  }
}
