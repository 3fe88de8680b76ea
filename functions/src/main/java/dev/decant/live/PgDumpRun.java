package dev.decant.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.LibpqVariables;
import dev.decant.postgres.ServerAddress;
import dev.decant.run.Waits;
import dev.decant.setting.ChildEnvironment;
import dev.decant.stream.BlockStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A pg_dump that writes a custom archive of a database. The archive begins with its table of
 * contents, which has all of the DDL, the values of sequences and a COPY statement for each table.
 * {@link #close} ends pg_dump, which asks the server to end what it does for it. Any thread may
 * close it; the reader then finds the end of the stream.
 */
final class PgDumpRun extends BlockStream {
  private static final int PATIENCE_SECONDS = 10;
  private static final int MOST_LINES = 50;
  private static final int MOST_CHARACTERS = 1000;

  private final Process process;
  private final InputStream archive;
  private final List<String> said = new ArrayList<>();
  private final Thread listener;
  private final String database;
  private volatile boolean closed;

  private PgDumpRun(Process process, String database) {
    this.process = process;
    this.archive = process.getInputStream();
    this.database = database;
    this.listener = Thread.ofVirtual().name("decant-pg_dump").start(this::listen);
  }

  /** Starts pg_dump in the state of a session. */
  static PgDumpRun start(Path program, ServerAddress server, LiveSession session) {
    LiveSession.State state = session.state();
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--format=custom",
                "--compress=0",
                "--no-password",
                "--no-subscriptions",
                "--lock-wait-timeout=" + session.sql().lockWait().toMillis()));
    if (state.converts()) {
      command.add("--encoding=UTF8");
    }
    if (state.snapshot() != null) {
      command.add("--snapshot=" + state.snapshot());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
    ChildEnvironment.lead(builder.environment(), LibpqVariables.of(server, server.database()));
    builder.environment().putAll(Map.of("LC_ALL", "C", "PGAPPNAME", "decant"));
    builder.environment().putIfAbsent("PGCONNECT_TIMEOUT", "15");
    try {
      return new PgDumpRun(builder.start(), server.database());
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          program + " cannot be started. Check DECANT_PG_DUMP, and that the file is executable.",
          e);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.errorReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (said.size() < MOST_LINES) {
          said.add(line);
        }
      }
    } catch (IOException e) {
      // The process was ended.
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count;
    try {
      count = archive.read(bytes, from, length);
    } catch (IOException e) {
      count = -1; // another thread closed the stream
    }
    if (count < 0) {
      requireSuccess();
    }
    return count;
  }

  private void requireSuccess() {
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          && listener.join(Duration.ofSeconds(PATIENCE_SECONDS))
          && process.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw closed
        ? new DecantException(ErrorCode.CANCELLED, "The reading of the database was ended.")
        : failed();
  }

  /** The lines of pg_dump that state an error. They name objects and contain no row. */
  private DecantException failed() {
    String errors =
        said.stream()
            .filter(line -> line.contains("error: ") || line.contains("detail: "))
            .map(line -> line.substring(line.indexOf(": ") + 2))
            .collect(Collectors.joining("; "));
    String shown = errors.substring(0, Math.min(errors.length(), MOST_CHARACTERS));
    return new DecantException(
        ErrorCode.DATABASE_FAILED,
        "pg_dump could not read the schema of the database "
            + database
            + ": "
            + (shown.isEmpty() ? "it was ended from outside" : shown)
            + ". Check the role's rights and the server, and run the command again.");
  }

  @Override
  public void close() {
    closed = true;
    process.destroy();
    Waits.uninterrupted(this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
