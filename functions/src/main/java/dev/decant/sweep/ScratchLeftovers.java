package dev.decant.sweep;

import dev.decant.scratch.ScratchServers;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The databases that dead runs left on a scratch server. */
public final class ScratchLeftovers implements Leftovers {
  private final Supplier<String> url;

  /**
   * @param url the URL of the server, which may hold a password and is not shown
   */
  public ScratchLeftovers(Supplier<String> url) {
    this.url = url;
  }

  @Override
  public String kind() {
    return "scratch database";
  }

  @Override
  public List<Leftover> find() {
    String server = url.get();
    return ScratchServers.deadDatabases(server).stream()
        .map(
            name ->
                Leftover.goes(
                    name,
                    "The lease of its run has expired.",
                    () ->
                        ScratchServers.dropDead(server, name)
                            ? Optional.empty()
                            : Optional.of("It is gone, or its run has renewed its lease.")))
        .toList();
  }
}
