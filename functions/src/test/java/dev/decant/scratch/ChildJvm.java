package dev.decant.scratch;

import dev.decant.testing.Interrupts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a {@link ScratchChild} in a process of its own. */
final class ChildJvm implements AutoCloseable {
  /**
   * A child that hangs is killed after this time, because a thread that reads its output cannot be
   * interrupted.
   */
  private static final int LIFE_MINUTES = 3;

  private final Process process;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
    CompletableFuture.delayedExecutor(LIFE_MINUTES, TimeUnit.MINUTES)
        .execute(process::destroyForcibly);
  }

  /**
   * Starts a child.
   *
   * @param prefix the words before the command, for example those that start a sandbox
   */
  static ChildJvm start(
      List<String> prefix, String classPath, Path temporary, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            absolute(classPath),
            ScratchChild.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(Interrupts.heededBy(command))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  static ChildJvm start(Path temporary) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), temporary, Map.of());
  }

  /** The child has another working folder. */
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(":", -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  /**
   * Reads until a line begins with the text. If no line does, the error contains the last lines of
   * the child.
   */
  String await(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("the child ended without saying " + beginning + ": " + said);
  }

  /** The whole output of the child until it ends. */
  String awaitEnd() throws IOException {
    output.lines().forEach(said::add);
    return String.join("\n", said);
  }

  /** The last lines, the oldest first. */
  List<ProcessHandle> descendants() {
    return process.descendants().sorted(Comparator.comparingLong(ProcessHandle::pid)).toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + ' ' + process.pid()).start().waitFor();
  }

  /** Lets the child close its server and end. Returns its exit code. */
  int end() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("the child does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = descendants();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Copies the parts of the class path that a child needs to a folder that any account can read,
   * because the account nobody cannot read a repository in root's home.
   */
  static String copyClassPath(Path folder) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (Files.isDirectory(path) || name.matches("(postgres|slf4j|logback|commons-|xz|zstd-).*")) {
        Path copy = folder.resolve(copies.size() + "-" + name);
        copyAll(path, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(":", copies);
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path copy = to.resolve(from.relativize(file).toString());
              Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
              Folders.permit(copy, Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
