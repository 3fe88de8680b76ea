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
 * Real servers for tests, one of each version a JVM, started when first asked for and stopped with
 * the JVM. The jar carries 18; the build fetches the archives of the others to {@code
 * target/postgres}. 13 and 14 are targets of a refresh only.
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

  /** 13 to 18. */
  public int major() {
    return Integer.parseInt(name().substring(1));
  }

  /** The running server. Nobody closes it. */
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
