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
 * The databases of pulls that were killed. A running pull is connected to its database while it
 * loads, so a database with this mark and without connections belongs to a killed pull. There are
 * two exceptions, in which only a database older than an hour counts as left behind: a pull that
 * has just created its database has not marked it yet, and a pull cannot be connected while it
 * renames its database.
 */
final class KilledPulls {
  private static final Logger LOG = LoggerFactory.getLogger(KilledPulls.class);
  private static final Duration PATIENCE = Duration.ofHours(1);

  private KilledPulls() {}

  /**
   * Drops these databases.
   *
   * @return their names
   */
  static List<String> drop(PullServer server) {
    List<String> dropped = new ArrayList<>();
    for (ServerDatabase each : ServerDatabase.ofPulls(server)) {
      if (dead(each)) {
        try {
          // The drop is not forced, so the database stays if somebody connects meanwhile.
          server.execute(
              "dropping what a killed pull left",
              "DROP DATABASE IF EXISTS " + Quoting.identifier(each.name()));
          dropped.add(each.name());
        } catch (DecantException e) {
          LOG.debug("{} The next pull tries again.", e.getMessage());
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
