package dev.decant.hook;

import dev.decant.target.Hook;
import java.time.Duration;
import java.util.Optional;

/**
 * The result of a hook.
 *
 * @param attempts the number of attempts
 * @param duration the time of all attempts and the pauses between them
 * @param message the result for people, without any secret
 * @param inverse the hook that undoes the changes of this one; empty if they cannot be undone
 */
public record HookResult(
    Hook hook,
    boolean ok,
    int attempts,
    Duration duration,
    String message,
    Optional<Hook> inverse) {

  /** A description of the hook's action. */
  public String description() {
    return hook.describe();
  }

  /** Whether the refresh must restore the former state of staging. */
  boolean mustUndo() {
    return !ok && hook.limits().onFailure() == Hook.OnFailure.UNDO;
  }
}
