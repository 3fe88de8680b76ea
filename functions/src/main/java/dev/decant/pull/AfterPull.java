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
 * What a repository wants done to a database that was pulled: {@code .decant/after-pull.sql}, run
 * in it, or {@code .decant/after-pull.sh}, run with {@code DATABASE_URL} and libpq's variables and
 * without decant's secrets. It is somebody's code, so {@link Agreements} asks about it before the
 * pull, once for each content.
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

  /** The one of a repository. */
  public static Optional<AfterPull> of(Path repository) {
    for (String name : new String[] {"after-pull.sql", "after-pull.sh"}) {
      Path file = repository.resolve(FOLDER).resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          return Optional.of(new AfterPull(repository, file, Files.readAllBytes(file)));
        } catch (IOException e) {
          throw new DecantException(ErrorCode.SETTING_INVALID, "Cannot read " + file + ".", e);
        }
      }
    }
    return Optional.empty();
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * Whether it shall run.
   *
   * @return empty where nobody can be asked
   */
  public Optional<Boolean> agreed(Agreements agreements) {
    return agreements.agreed(
        content,
        file.toString(),
        "Run " + file + " on the new database, now and until it changes?");
  }

  /**
   * Runs what was read, on this database.
   *
   * @param output takes what a script says
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
      throw failed("has a command of psql (a line that begins with \\): use after-pull.sh");
    }
    try (Connection connection = address.connect(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.SQL_STEP_FAILED, "the database " + database + " is there, but " + file);
    }
  }

  /** What was agreed to runs, whatever the file has become meanwhile. */
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
          throw failed("ended with status " + status);
        }
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw failed("cannot be run: " + e.getMessage());
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
        ErrorCode.SQL_STEP_FAILED, "The database is there, but " + file + " " + how + ".");
  }
}
