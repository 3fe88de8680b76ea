package dev.decant.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes Ctrl-C work in processes that tests start. */
public final class Interrupts {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Interrupts() {}

  /**
   * The command with a prefix, so that SIGINT ends it. If a script started the build in the
   * background ({@code mvn verify &}), the build and all its children ignore SIGINT. Of the usual
   * programs, only {@code env} of coreutils 8.31 or later can undo that.
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
