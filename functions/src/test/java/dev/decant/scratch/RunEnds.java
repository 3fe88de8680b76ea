package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds the remains of runs in a folder. */
final class RunEnds {
  private RunEnds() {}

  static ScratchOptions options(Path folder) {
    return ScratchOptions.of(java.util.Map.of()).withRunFolder(folder);
  }

  static List<Path> runs(Path folder) throws IOException {
    Path base = RunFolder.base(options(folder), ServerUser.current());
    try (Stream<Path> entries = Files.list(base)) {
      return entries.filter(entry -> !entry.endsWith("cache")).toList();
    }
  }

  /** Every process whose command line names the folder. */
  static List<String> processes(Path folder) {
    return ProcessHandle.allProcesses()
        .map(RunEnds::commandLine)
        .filter(line -> line.contains(folder + "/") && line.contains("postgres"))
        .filter(line -> !line.contains(ScratchChild.class.getName()))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Files.isReadable(file)
          ? Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
          : process.info().commandLine().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  static void awaitNoProcesses(Path folder) throws InterruptedException {
    for (int i = 0; i < 200 && !processes(folder).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(processes(folder)).isEmpty();
  }
}
