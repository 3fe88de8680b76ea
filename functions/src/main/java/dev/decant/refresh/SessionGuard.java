package dev.decant.refresh;

import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Quoting;
import dev.decant.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions of the target's database that its role may not end: a swap would wait in vain. */
final class SessionGuard {
  /** What a hook stopped needs a moment to be gone. */
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

  /** What to tell of them now; empty where there are none. */
  Optional<String> found() {
    List<String> others = OtherSessions.notOurs(maintenance.connection(), server.database());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "sessions of "
                + String.join(", ", others)
                + " in "
                + server.database()
                + " cannot be ended by "
                + server.user()
                + ". End them, or GRANT pg_signal_backend TO "
                + Quoting.identifier(server.user())
                + " (a superuser's only a superuser can end)");
  }

  /** Refuses to swap while there are any; those that the hooks before a swap stop may go first. */
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
      Thread.currentThread().interrupt(); // the guard tells what that means
    }
  }
}
