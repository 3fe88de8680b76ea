package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.postgres.Quoting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Databases of pulls that were killed. A living pull is connected to its database while it loads,
 * so one that is marked so and that nobody is connected to is dead. Without a mark, the pull died
 * before it could write one, or is about to; while it gives the database its name it cannot be
 * connected: of both an hour tells.
 */
final class KilledPulls {
  private static final Logger LOG = LoggerFactory.getLogger(KilledPulls.class);
  private static final Duration PATIENCE = Duration.ofHours(1);

  private KilledPulls() {}

  /** Drops them; answers their names. */
  static List<String> drop(PullServer server) {
    List<String> dropped = new ArrayList<>();
    for (ServerDatabase each : ServerDatabase.ofPulls(server)) {
      if (dead(each)) {
        try {
          // Not by force: who connects meanwhile keeps it.
          server.execute(
              "dropping what a killed pull left",
              "DROP DATABASE IF EXISTS " + Quoting.identifier(each.name()));
          dropped.add(each.name());
        } catch (DecantException e) {
          LOG.debug("{}; the next pull will try again", e.getMessage());
        }
      }
    }
    return dropped;
  }

  private static boolean dead(ServerDatabase database) {
    return database.ours()
        && database.connections() == 0
        && DatabaseNames.isPassing(database.name())
        && database
            .mark()
            .map(KilledPulls::dead)
            .orElseGet(() -> DatabaseNames.isPassing(database.name(), PATIENCE, Instant.now()));
  }

  private static boolean dead(PullMark mark) {
    return switch (mark.state()) {
      case LOADING, REPLACED -> true;
      case PUBLISHING -> mark.since().isBefore(Instant.now().minus(PATIENCE));
      case WHOLE -> false;
    };
  }
}
