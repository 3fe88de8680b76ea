package dev.decant.policy;

/** The rule of the policy for an object whose DDL holds something that somebody has looked at. */
public sealed interface DdlRule {
  /** The line of the rule in the policy. */
  int line();

  /** The object travels as it is. */
  record Keep(int line) implements DdlRule {}

  /** The object does not travel. */
  record Drop(int line) implements DdlRule {}

  /** A text stands for each string constant and each comment with a finding. */
  record Replace(int line, String text) implements DdlRule {}
}
