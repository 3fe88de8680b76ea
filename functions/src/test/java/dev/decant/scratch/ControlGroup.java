package dev.decant.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Limits the memory and the CPU of a process and of all processes that it starts, by Linux control
 * groups of version 1 or 2. The limits are those of a Lambda function with the same memory. The
 * group is removed at the end.
 */
final class ControlGroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Lambda gives a function one whole CPU for this many megabytes of memory. */
  private static final int MEGABYTES_OF_A_CPU = 1769;

  private static final int PERIOD = 100_000;

  private final List<Path> groups = new ArrayList<>();

  private ControlGroup() {}

  /** Makes a group. If this machine does not allow that, the test is skipped with the reason. */
  static ControlGroup of(int megabytes) throws IOException {
    ControlGroup group = new ControlGroup();
    try {
      group.make(megabytes);
      return group;
    } catch (IOException e) {
      group.close();
      Assumptions.abort("missing component: control groups that this user may make: " + e);
      throw e;
    }
  }

  private void make(int megabytes) throws IOException {
    String name = "decant-test-" + ProcessHandle.current().pid();
    int quota = (int) ((long) PERIOD * megabytes / MEGABYTES_OF_A_CPU);
    String memory = Long.toString((long) megabytes << 20);
    Map<String, String> mine = controllers();
    if (mine.containsKey("memory") && mine.containsKey("cpu")) {
      Path first = add(ROOT.resolve("memory" + mine.get("memory")).resolve(name));
      Files.writeString(first.resolve("memory.limit_in_bytes"), memory);
      Path second = add(ROOT.resolve("cpu" + mine.get("cpu")).resolve(name));
      Files.writeString(second.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
    } else {
      Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+memory +cpu");
      Path both = add(ROOT.resolve(name));
      Files.writeString(both.resolve("memory.max"), memory);
      Files.writeString(both.resolve("cpu.max"), quota + " " + PERIOD);
    }
  }

  /** For version 1, the path of this process below each controller. */
  private static Map<String, String> controllers() throws IOException {
    Map<String, String> paths = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      for (String controller : parts[1].split(",", -1)) {
        paths.put(controller, parts[2]);
      }
    }
    return paths;
  }

  private Path add(Path group) throws IOException {
    Files.createDirectory(group);
    groups.add(group);
    return group;
  }

  /** The words before a command that run the command in this group. */
  List<String> runner() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
    StringBuilder script = new StringBuilder();
    for (Path group : groups) {
      script.append("echo $$ >").append(group.resolve("cgroup.procs")).append(" && ");
    }
    command.add(script.append("exec \"$@\"").toString());
    command.add("sh");
    return command;
  }

  /** The number of times that the processes of the group had to wait for CPU time. */
  long timesHeldBack() throws IOException {
    return Files.readAllLines(groups.getLast().resolve("cpu.stat")).stream()
        .filter(line -> line.startsWith("nr_throttled "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /** Removes the group, whose processes must have ended. */
  @Override
  public void close() throws IOException {
    for (Path group : groups) {
      remove(group);
    }
    groups.clear();
  }

  /** A process that was killed leaves its group a moment later. */
  private static void remove(Path group) throws IOException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (true) {
      try {
        Files.delete(group);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }
}
