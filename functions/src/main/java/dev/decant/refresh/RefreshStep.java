package dev.decant.refresh;

import java.util.Locale;

/** The steps of a refresh, in order. */
public enum RefreshStep {
  GUARDS,
  LEFTOVERS,
  CREATE,
  LOAD,
  ADJUST,
  MIGRATE,
  CHECK,
  CARRY_OVER,
  BEFORE_HOOKS,
  SWAP,
  AFTER_HOOKS,
  PRUNE;

  /** The name for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
