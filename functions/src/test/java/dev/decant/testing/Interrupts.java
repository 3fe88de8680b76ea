package dev.decant.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ctrl-C for processes that tests start. */
public final class Interrupts {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Interrupts() {}

  /**
   * The command, so that SIGINT ends it. A build that a script started in the background ({@code
   * mvn verify &}) ignores SIGINT, and so do all its children; of the programs at hand only {@code
   * env} of coreutils 8.31 can undo that.
   */
  public static List<String> heededBy(List<String> command) throws IOException {
    if (!ignored()) {
      return command;
    }
    List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
    heeding.addAll(command);
    return heeding;
  }

  private static boolean ignored() throws IOException {
    if (!Files.exists(STATUS)) {
      return false;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
