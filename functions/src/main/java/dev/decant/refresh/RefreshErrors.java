package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.target.Target;

/** Errors that several steps of a refresh report. */
final class RefreshErrors {
  /** The state of the target after every error before the swap, as a clause for messages. */
  static final String UNCHANGED = "staging is unchanged";

  private RefreshErrors() {}

  /**
   * The refusal of a guard.
   *
   * @param why sentences that say what is wrong and what to do
   */
  static DecantException refused(Target target, String why) {
    return new DecantException(
        ErrorCode.REFUSED, "Target " + target.name() + " was not changed. " + why);
  }
}
