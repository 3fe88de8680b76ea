package dev.decant.hook;

import dev.decant.target.Hook;
import java.time.Duration;
import java.util.Optional;

/**
 * How a hook ended.
 *
 * @param attempts how often it was tried
 * @param duration of all attempts and the pauses between them
 * @param message what came of it, without any secret
 * @param inverse the hook that takes back what this one changed; empty where nothing can
 */
public record HookResult(
    Hook hook,
    boolean ok,
    int attempts,
    Duration duration,
    String message,
    Optional<Hook> inverse) {

  /** What the hook does. */
  public String description() {
    return hook.describe();
  }

  /** Whether staging must become again what it was. */
  boolean mustUndo() {
    return !ok && hook.limits().onFailure() == Hook.OnFailure.UNDO;
  }
}
