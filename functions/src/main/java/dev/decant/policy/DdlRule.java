package dev.decant.policy;

/** The rule of the policy for an object whose DDL has a finding. */
public sealed interface DdlRule {
  /** The line of the rule in the policy. */
  int line();

  /** The object is published unchanged. */
  record Keep(int line) implements DdlRule {}

  /** The object is not published. */
  record Drop(int line) implements DdlRule {}

  /** A text replaces each string constant and each comment with a finding. */
  record Replace(int line, String text) implements DdlRule {}
}
