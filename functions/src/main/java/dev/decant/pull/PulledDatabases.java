package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.Quoting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The databases that pulls created on a server. Unused ones can be dropped. */
public final class PulledDatabases {
  private final PullServer server;

  public PulledDatabases(FoundServer server) {
    this.server = PullServer.of(server);
  }

  /**
   * Drops the databases of killed pulls.
   *
   * @return their names
   */
  public List<String> dropLeftovers() {
    return KilledPulls.drop(server);
  }

  /** The databases of this role, the oldest first. */
  public List<PulledDatabase> list() {
    return ServerDatabase.ofPulls(server).stream()
        .filter(d -> d.ours() && !d.template() && !DatabaseNames.isPassing(d.name()))
        .flatMap(d -> d.mark().stream().map(mark -> pulled(d, mark)))
        .sorted(Comparator.comparing(PulledDatabase::pulledAt))
        .toList();
  }

  private static PulledDatabase pulled(ServerDatabase database, PullMark mark) {
    return new PulledDatabase(
        database.name(), mark.snapshot(), mark.since(), database.size(), database.connections());
  }

  /** The databases that were pulled before this time and have no sessions. */
  public List<PulledDatabase> unused(Instant before) {
    return list().stream()
        .filter(d -> d.connections() == 0 && d.pulledAt().isBefore(before))
        .toList();
  }

  /**
   * The result of dropping databases.
   *
   * @param failed the reason for each unused database that could not be dropped
   */
  public record Dropped(List<PulledDatabase> dropped, Map<PulledDatabase, String> failed) {}

  /**
   * Drops databases that nobody has connected to since. A database that cannot be dropped does not
   * stop the others.
   */
  public Dropped drop(List<PulledDatabase> databases) {
    List<PulledDatabase> dropped = new ArrayList<>();
    Map<PulledDatabase, String> failed = new LinkedHashMap<>();
    for (PulledDatabase each : databases) {
      try {
        if (isStillUnused(each)) {
          server.execute(
              "dropping " + each.name(), "DROP DATABASE " + Quoting.identifier(each.name()));
          dropped.add(each);
        }
      } catch (DecantException e) {
        failed.put(each, String.valueOf(e.getMessage()));
      }
    }
    return new Dropped(dropped, failed);
  }

  /**
   * Returns whether this database still exists and is unused. A newer pull may have the same name.
   */
  private boolean isStillUnused(PulledDatabase database) {
    return list().stream()
        .anyMatch(
            d ->
                d.name().equals(database.name())
                    && d.pulledAt().equals(database.pulledAt())
                    && d.connections() == 0);
  }

  /** The server for messages. */
  public String host() {
    return server.host();
  }
}
