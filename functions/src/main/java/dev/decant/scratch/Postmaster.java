package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of an embedded server. A shell starts the server and reads from a pipe whose other
 * end belongs to this process. When the pipe closes, because this process closes it or dies, the
 * shell stops the server and removes its data.
 */
final class Postmaster {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 4;

  /** The arguments: $1 the template's data, $2 the data directory, $3 postgres, $4 the settings. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      umask 077
      exec 3<&0 </dev/null
      cp -R "$1/." "$2" || exit 70
      "$3" -D "$2" -c config_file="$4" 3<&- &
      server=$!
      (read -r end; kill -QUIT "$server") <&3 3<&- 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$server"
      status=$?
      kill -KILL "$watcher" 2>/dev/null
      rm -rf "$2"
      exit "$status"
      """;

  private final Process shell;
  private final RunFolder run;

  private Postmaster(Process shell, RunFolder run) {
    this.shell = shell;
    this.run = run;
  }

  /** Starts a server and waits until it accepts connections. */
  static Postmaster start(
      PostgresHome home, DataTemplate template, RunFolder run, ServerUser user, int port)
      throws IOException {
    prepare(run, user, port);
    Path settings = run.serverFolder().resolve("postgresql.conf");
    Process shell =
        user.process(
                List.of(
                    "/bin/sh",
                    "-c",
                    SCRIPT,
                    "decant-postgres",
                    template.data().toString(),
                    run.data().toString(),
                    home.program("postgres").toString(),
                    settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(run.log().toFile())
            .start();
    Postmaster postmaster = new Postmaster(shell, run);
    try {
      postmaster.awaitReady();
      return postmaster;
    } catch (Throwable e) {
      postmaster.stop();
      throw e;
    }
  }

  private static void prepare(RunFolder run, ServerUser user, int port) throws IOException {
    Folders.delete(run.serverFolder());
    Files.deleteIfExists(run.log());
    Files.createFile(
        run.log(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Path folder = Folders.create(run.serverFolder(), "rwx------");
    Path rules = Files.writeString(folder.resolve("pg_hba.conf"), ServerSettings.hostRules());
    Path settings =
        Files.writeString(folder.resolve("postgresql.conf"), ServerSettings.text(port, rules));
    Path data = Folders.create(run.data(), "rwx------");
    for (Path file : List.of(rules, settings, data, folder)) {
      user.own(file);
    }
  }

  private void awaitReady() throws IOException {
    Instant deadline = Instant.now().plus(START);
    while (!ready()) {
      if (!shell.isAlive()) {
        String what = "its process ended with status " + shell.exitValue();
        throw ServerFailure.of(what, log(), run.path(), DataTemplate.BYTES);
      }
      if (Instant.now().isAfter(deadline)) {
        throw ServerFailure.of("it is not ready after " + START.toSeconds() + " s", log());
      }
      pause();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was interrupted while PostgreSQL was starting.", e);
    }
  }

  /**
   * Whether the server is ready. Line 8 of postmaster.pid is the server's state. The file does not
   * exist before the server writes it, and a server that cannot start removes it again.
   */
  private boolean ready() throws IOException {
    try (Stream<String> lines = Files.lines(run.data().resolve("postmaster.pid"))) {
      return lines.skip(7).findFirst().orElse("").strip().equals("ready");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  String log() throws IOException {
    return Files.readString(run.log());
  }

  boolean alive() {
    return shell.isAlive();
  }

  /**
   * Stops the server immediately, because its data are not needed any more. An interrupt does not
   * shorten the wait for its end, because files that it still writes would stay after the removal
   * of its folder.
   */
  void stop() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // The shell has ended already, so the pipe has no reader.
    }
    try {
      shell.onExit().orTimeout(STOP.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      DeadServer.kill(run);
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }
}
