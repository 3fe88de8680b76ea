package dev.decant.live;

import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import dev.decant.source.Source;
import dev.decant.testing.Component;
import dev.decant.testing.PgDump;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens live databases in tests. */
public final class LiveDatabase {
  private static final Duration LOCK_WAIT = Duration.ofMillis(500);

  private LiveDatabase() {}

  /** The pg_dump of this machine for a server, whose major version is the same or newer. */
  public static PgDump pgDump(PostgresVersion server) {
    return PgDump.found().stream()
        .filter(program -> program.version().compareTo(server) >= 0)
        .findFirst()
        .orElseGet(
            () -> {
              Component.endWithout(List.of(Component.PG_DUMP));
              throw new AssertionError("not reached");
            });
  }

  public static Source open(String url, PostgresVersion server) {
    return open(url, pgDump(server).program(), false);
  }

  static Source open(String url, Path pgDump, boolean isStatic) {
    return LiveSource.open(
        address(url),
        new LiveOptions(Map.of(), Optional.of(pgDump), 4, isStatic, LOCK_WAIT, Optional.empty()));
  }

  static ServerAddress address(String url) {
    return ServerUrl.parse(url, Map.of("HOME", "/nonexistent"));
  }
}
