package dev.decant.hook;

import dev.decant.target.Hook;
import java.time.Duration;
import java.util.Optional;

/** The work of one hook. Only one attempt runs at a time. */
interface Action {
  /**
   * Makes one attempt.
   *
   * @return the result, for people
   * @throws HookFailure if the attempt failed
   */
  String attempt(Deadline deadline) throws InterruptedException;

  /**
   * The time after the deadline in which an attempt may still end by itself. An attempt that ends
   * by itself has a more exact message than one that is cancelled.
   */
  default Duration slack() {
    return Duration.ofMillis(500);
  }

  /** The hook that undoes the changes of the attempts; empty if there is nothing to undo. */
  default Optional<Hook> inverse() {
    return Optional.empty();
  }
}
