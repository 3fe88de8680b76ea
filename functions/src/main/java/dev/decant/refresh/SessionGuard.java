package dev.decant.refresh;

import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Quoting;
import dev.decant.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks for sessions in the target's database that its role may not end. They would prevent the
 * swap.
 */
final class SessionGuard {
  /** An application that a hook has stopped needs a moment to close its sessions. */
  private static final Duration AFTER_HOOKS = Duration.ofSeconds(10);

  private static final long POLL_MILLIS = 100;

  private final Target target;
  private final TargetServer server;
  private final MaintenanceConnection maintenance;

  SessionGuard(Target target, TargetServer server, MaintenanceConnection maintenance) {
    this.target = target;
    this.server = server;
    this.maintenance = maintenance;
  }

  /** Describes such sessions and what to do about them; empty if there are none. */
  Optional<String> found() {
    List<String> others = OtherSessions.notOurs(maintenance.connection(), server.database());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The role "
                + server.user()
                + " may not end the sessions of "
                + String.join(", ", others)
                + " in "
                + server.database()
                + ". End them, or run GRANT pg_signal_backend TO "
                + Quoting.identifier(server.user())
                + ". Only a superuser can end the session of a superuser.");
  }

  /**
   * Refuses to swap while there are such sessions. If there are before hooks, this method waits
   * until the sessions that these end are gone.
   */
  void requireNone(Runnable guard) {
    long wait = target.hooks().before().isEmpty() ? 0 : AFTER_HOOKS.toNanos();
    long begin = System.nanoTime();
    Optional<String> found = found();
    while (found.isPresent() && System.nanoTime() - begin < wait) {
      guard.run();
      pause();
      found = found();
    }
    found.ifPresent(
        why -> {
          throw RefreshErrors.refused(target, why);
        });
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the caller's guard reports why
    }
  }
}
