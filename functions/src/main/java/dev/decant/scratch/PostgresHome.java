package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An installation of PostgreSQL.
 *
 * @param id identifies the installation in the cache
 * @param archive the archive that it was unpacked from, or null if decant did not unpack it
 */
record PostgresHome(Path root, String id, @Nullable PostgresArchive archive) {
  private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

  /** The installation that the options name. An archive is unpacked first. */
  static PostgresHome of(ScratchOptions options, CacheFolder cache) {
    Path chosen = options.postgres();
    if (chosen != null && Files.isExecutable(chosen.resolve("bin/postgres"))) {
      Path root = chosen.toAbsolutePath().normalize();
      return new PostgresHome(root, "home-" + Integer.toHexString(root.hashCode()), null);
    }
    if (chosen != null && !Files.isRegularFile(chosen)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "DECANT_POSTGRES is neither an installation of PostgreSQL (with bin/postgres) nor an"
              + " archive of one: "
              + chosen
              + ". Name one of them, or unset it to use the PostgreSQL in decant's jar.");
    }
    PostgresArchive archive =
        chosen == null ? PostgresArchive.ofJar() : PostgresArchive.of(chosen.toAbsolutePath());
    String id = archive.id();
    return new PostgresHome(cache.get(id, archive::unpack), id, archive);
  }

  Path program(String name) {
    return root.resolve("bin").resolve(name);
  }

  /** Runs a program of the installation to its end. Its output and errors go to a file. */
  void run(ServerUser user, List<String> command, Path output) throws IOException {
    var _ = status(user, command, output);
  }

  /** As {@link #run}, and returns the exit status. */
  int status(ServerUser user, List<String> command, Path output) throws IOException {
    Process process =
        user.process(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw ServerFailure.of(command.getFirst() + " does not end", Files.readString(output));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was interrupted while PostgreSQL was prepared.", e);
    }
  }

  int majorVersion(ServerUser user, Path output) throws IOException {
    run(user, List.of(program("postgres").toString(), "--version"), output);
    String said = Files.readString(output);
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      throw ServerFailure.of("its program does not run", said);
    }
    return Integer.parseInt(version.group(1));
  }
}
