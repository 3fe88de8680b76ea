package dev.decant.scratch;

import dev.decant.error.DiskFull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders of embedded servers.
 *
 * @param cacheFolder the folder that keeps PostgreSQL's programs and an empty data directory
 *     between runs. If it is null, it is {@code $XDG_CACHE_HOME/decant} or {@code ~/.cache/decant}.
 *     If the server cannot use these, it is {@code /var/cache/decant} or a folder below {@code
 *     runFolder}
 * @param runFolder the folder in which each run makes a folder of its own and removes it
 * @param postgres the installation of PostgreSQL to use (with {@code bin/postgres}), or a {@code
 *     .txz} archive of one; null for the archive in decant's jar
 */
public record ScratchOptions(@Nullable Path cacheFolder, Path runFolder, @Nullable Path postgres) {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH = 2L << 30;

  /**
   * Options from {@code DECANT_CACHE}, {@code DECANT_POSTGRES} and the folder for temporary files.
   */
  public static ScratchOptions of(Map<String, String> environment) {
    return new ScratchOptions(
        path(environment, "DECANT_CACHE"),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
        path(environment, "DECANT_POSTGRES"));
  }

  public ScratchOptions withRunFolder(Path folder) {
    return new ScratchOptions(cacheFolder, folder, postgres);
  }

  /**
   * The same options with a run folder in memory, if this system has one with enough free space. It
   * suits a server that creates many tables and gets no rows: most of that work is creating files.
   */
  public ScratchOptions inMemory() {
    boolean usable = Files.isDirectory(MEMORY) && Files.isWritable(MEMORY);
    return usable && DiskFull.free(MEMORY) >= ENOUGH ? withRunFolder(MEMORY) : this;
  }

  private static @Nullable Path path(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : Path.of(value);
  }

  /** The cache folder, or the first of the default folders that the server can use. */
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

  /** Whether a folder can be made here. The nearest existing ancestor decides that. */
  private static boolean writable(Path folder) {
    Path nearest = folder;
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    return Files.isDirectory(nearest) && Files.isWritable(nearest);
  }
}
