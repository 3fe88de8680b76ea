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

/** The databases on a server that pulls made, and the end of those that nobody uses. */
public final class PulledDatabases {
  private final PullServer server;

  public PulledDatabases(FoundServer server) {
    this.server = PullServer.of(server);
  }

  /** Drops what killed pulls left; answers their names. */
  public List<String> dropLeftovers() {
    return KilledPulls.drop(server);
  }

  /** Those of this role, oldest first. */
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

  /** Those that were pulled before this and that nobody is connected to. */
  public List<PulledDatabase> unused(Instant before) {
    return list().stream()
        .filter(d -> d.connections() == 0 && d.pulledAt().isBefore(before))
        .toList();
  }

  /**
   * What came of dropping some.
   *
   * @param failed why not, by those that are still there though nobody uses them
   */
  public record Dropped(List<PulledDatabase> dropped, Map<PulledDatabase, String> failed) {}

  /** Drops them, unless somebody has connected meanwhile; one that cannot be stops no other. */
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

  /** The same one, and not one that was pulled since into its name. */
  private boolean isStillUnused(PulledDatabase database) {
    return list().stream()
        .anyMatch(
            d ->
                d.name().equals(database.name())
                    && d.pulledAt().equals(database.pulledAt())
                    && d.connections() == 0);
  }

  /** For messages. */
  public String host() {
    return server.host();
  }
}
