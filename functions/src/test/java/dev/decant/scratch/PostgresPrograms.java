package dev.decant.scratch;

import java.nio.file.Path;
import java.util.Map;

/** The programs of the embedded PostgreSQL, unpacked, for servers that tests start themselves. */
public final class PostgresPrograms {
  private PostgresPrograms() {}

  /**
   * The path of {@code initdb} or {@code postgres} in a folder from which the account of a server
   * can run it.
   */
  public static Path program(String name) {
    return program(name, ScratchOptions.of(Map.of()));
  }

  /** The same of the version that these options unpack. */
  public static Path program(String name, ScratchOptions options) {
    CacheFolder cache = new CacheFolder(options.cache(ServerUser.current()).resolve("postgres"));
    return PostgresHome.of(options, cache).program(name);
  }
}
