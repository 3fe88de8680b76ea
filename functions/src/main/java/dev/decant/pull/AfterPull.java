package dev.decant.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerAddress;
import dev.decant.setting.ChildEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A file of a repository that runs after a pull: {@code .decant/after-pull.sql}, which runs in the
 * new database, or {@code .decant/after-pull.sh}, which runs with {@code DATABASE_URL} and the
 * variables of libpq and without decant's secrets. Somebody else may have written it, so {@link
 * Agreements} asks the person before the pull, once for each content of the file.
 */
public final class AfterPull {
  private static final String FOLDER = ".decant";

  private final Path repository;
  private final Path file;
  private final byte[] content;

  private AfterPull(Path repository, Path file, byte[] content) {
    this.repository = repository;
    this.file = file;
    this.content = content;
  }

  /** The file of a repository; empty if it has none. */
  public static Optional<AfterPull> of(Path repository) {
    for (String name : new String[] {"after-pull.sql", "after-pull.sh"}) {
      Path file = repository.resolve(FOLDER).resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          return Optional.of(new AfterPull(repository, file, Files.readAllBytes(file)));
        } catch (IOException e) {
          throw new DecantException(
              ErrorCode.SETTING_INVALID,
              "Cannot read " + file + ". Check that you may read it, or give --no-after-pull.",
              e);
        }
      }
    }
    return Optional.empty();
  }

  /** The path of the file. */
  public Path file() {
    return file;
  }

  /**
   * Asks whether the file shall run.
   *
   * @return empty if nobody can be asked
   */
  public Optional<Boolean> agreed(Agreements agreements) {
    return agreements.agreed(
        content,
        file.toString(),
        "Run " + file + " on the new database now, and after later pulls until the file changes?");
  }

  /**
   * Runs the content that was read, on this database.
   *
   * @param output receives what a script writes
   */
  public void run(FoundServer server, String database, OutputStream output) {
    if (file.toString().endsWith(".sql")) {
      runSql(server.address(), database);
    } else {
      runScript(server, database, output);
    }
  }

  private void runSql(ServerAddress address, String database) {
    String sql = new String(content, UTF_8);
    if (sql.lines().anyMatch(line -> line.startsWith("\\"))) {
      throw failed(
          "has a line that begins with \\, which only psql understands. Use after-pull.sh instead");
    }
    try (Connection connection = address.connect(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.SQL_STEP_FAILED, "the database " + database + " is complete, but " + file);
    }
  }

  /** Runs a copy of the content that the person agreed to, even if the file has changed since. */
  private void runScript(FoundServer server, String database, OutputStream output) {
    try {
      Path copy =
          Files.createTempFile(
              "decant-after-pull",
              ".sh",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(copy, content);
        int status = status(copy, server, database, output);
        if (status != 0) {
          throw failed("ended with status " + status + ". Correct it, and run it yourself");
        }
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw failed("could not be run: " + e.getMessage());
    }
  }

  private int status(Path script, FoundServer server, String database, OutputStream output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString())
            .directory(repository.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    ChildEnvironment.lead(builder.environment(), server.variables(database));
    Process process = builder.start();
    try {
      process.getInputStream().transferTo(output);
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private DecantException failed(String how) {
    return new DecantException(
        ErrorCode.SQL_STEP_FAILED, "The database is complete, but " + file + " " + how + ".");
  }
}
