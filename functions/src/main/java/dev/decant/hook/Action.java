package dev.decant.hook;

import dev.decant.target.Hook;
import java.time.Duration;
import java.util.Optional;

/** What one hook does. Attempts come one after the other. */
interface Action {
  /**
   * Tries once.
   *
   * @return what came of it, for people
   * @throws HookFailure where it failed
   */
  String attempt(Deadline deadline) throws InterruptedException;

  /** How long after the deadline an attempt may take to end by itself, which has more to tell. */
  default Duration slack() {
    return Duration.ofMillis(500);
  }

  /** The hook that takes back what the attempts changed. */
  default Optional<Hook> inverse() {
    return Optional.empty();
  }
}
