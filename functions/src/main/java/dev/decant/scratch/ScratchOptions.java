package dev.decant.scratch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where embedded servers live.
 *
 * @param cacheFolder where PostgreSQL's programs and an empty data directory are kept between runs;
 *     null: {@code $XDG_CACHE_HOME/decant}, {@code ~/.cache/decant}, or where the server could not
 *     read or write that one, {@code /var/cache/decant} or a folder below {@code runFolder}
 * @param runFolder where each run makes a folder of its own, and removes it
 * @param postgres the PostgreSQL to use in place of the one in the jar: an installation ({@code
 *     bin/postgres} in it), or a {@code .txz} archive of one; null: the jar's
 */
public record ScratchOptions(@Nullable Path cacheFolder, Path runFolder, @Nullable Path postgres) {
  /** From {@code DECANT_CACHE}, {@code DECANT_POSTGRES} and the system's folder for such files. */
  public static ScratchOptions of(Map<String, String> environment) {
    return new ScratchOptions(
        path(environment, "DECANT_CACHE"),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
        path(environment, "DECANT_POSTGRES"));
  }

  public ScratchOptions withRunFolder(Path folder) {
    return new ScratchOptions(cacheFolder, folder, postgres);
  }

  private static @Nullable Path path(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : Path.of(value);
  }

  /** The folder to keep things in, or the first that serves. */
  Path cache(ServerUser user) {
    if (cacheFolder != null) {
      return cacheFolder.toAbsolutePath();
    }
    String home = System.getProperty("user.home", "/");
    String base = System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache");
    for (Path candidate : new Path[] {Path.of(base), Path.of("/var/cache")}) {
      if (candidate.isAbsolute() && user.canReach(candidate) && writable(candidate)) {
        return candidate.resolve("decant");
      }
    }
    return RunFolder.base(this, user).resolve("cache");
  }

  /** Whether a folder can be made here: an ancestor that exists decides. */
  private static boolean writable(Path folder) {
    Path nearest = folder;
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    return Files.isDirectory(nearest) && Files.isWritable(nearest);
  }
}
