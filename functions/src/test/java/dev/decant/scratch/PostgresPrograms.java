package dev.decant.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

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

  /** The archive of PostgreSQL 18 for this machine, as the artifact of the build has it. */
  static Path upstream() throws IOException {
    String suffix = System.getProperty("os.arch").equals("aarch64") ? "arm_64.txz" : "x86_64.txz";
    try (Stream<Path> files = Files.walk(Path.of("target", "postgres", "18"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }
}
