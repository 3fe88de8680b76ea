package dev.decant.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and ends servers whose owner is dead or that do not stop. */
final class DeadServer {
  private static final int QUIT_SECONDS = 5;

  private DeadServer() {}

  /** Ends the server of a folder if it still runs. */
  static void kill(RunFolder run) {
    Optional<ProcessHandle> server = server(run.data());
    server.ifPresent(
        process -> {
          // The immediate shutdown also ends the children and releases the shared memory.
          signalQuit(process.pid());
          if (!endsWithin(process)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            endsWithin(process);
          }
        });
  }

  /**
   * The postmaster of a data directory. Its process ID may belong to another process by now, so
   * only a process that was started with this folder is returned.
   */
  static Optional<ProcessHandle> server(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(pid).filter(process -> wasStartedWith(process, data));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean wasStartedWith(ProcessHandle process, Path data) {
    return commandLine(process).map(line -> line.contains(data.toString())).orElse(false);
  }

  private static Optional<String> commandLine(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
          : process.info().commandLine();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void signalQuit(long pid) {
    try {
      ProcessBuilder kill = new ProcessBuilder(List.of("/bin/sh", "-c", "kill -QUIT " + pid));
      kill.environment().clear();
      kill.redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(QUIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The caller sends a stronger signal then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean endsWithin(ProcessHandle process) {
    try {
      process.onExit().get(QUIT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
