package dev.decant.testing;

import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Real servers for tests. A JVM has at most one server of each version. A server is started when a
 * test first needs it, and is stopped with the JVM. Version 18 is in the jar; the build fetches the
 * archives of the others to {@code target/postgres}. Versions 13 and 14 are only used as targets of
 * a refresh.
 */
public enum PostgresVersion {
  V13,
  V14,
  V15,
  V16,
  V17,
  V18;

  private static final Map<PostgresVersion, ScratchServer> SERVERS =
      new EnumMap<>(PostgresVersion.class);

  /** The major version, from 13 to 18. */
  public int major() {
    return Integer.parseInt(name().substring(1));
  }

  /** The running server, which tests must not close. */
  public ScratchServer server() {
    synchronized (SERVERS) {
      return SERVERS.computeIfAbsent(this, version -> ScratchServers.open("embedded", options()));
    }
  }

  /** The options that start a server of this version. */
  public ScratchOptions options() {
    ScratchOptions standard = ScratchOptions.of(Map.of());
    return new ScratchOptions(standard.cacheFolder(), standard.runFolder(), archive());
  }

  private @Nullable Path archive() {
    if (this == V18) {
      return null;
    }
    Path folder = Path.of("target", "postgres", Integer.toString(major()));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".txz"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "mvn -pl functions dependency:unpack@older-postgres fetches " + folder, e);
    }
  }
}
