package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the server as AWS Lambda would: with uid 993, a file system that is read-only except for
 * /tmp, and no /dev/shm. One test also has Lambda's limits of memory and CPU, if this machine
 * allows setting them.
 */
@Needs(Component.BUBBLEWRAP)
final class SandboxIT {
  private static final String UID = "993";
  private static final int MEGABYTES = 512;

  @TempDir(factory = ServerFolder.class)
  Path folder;

  /** The command of the sandbox. The file {@code accounts} is its /etc/passwd. */
  private List<String> sandbox(String accounts, String... more) throws IOException {
    Path passwd = Files.writeString(folder.resolve("passwd"), accounts);
    List<String> command = new ArrayList<>(List.of(Component.BUBBLEWRAP.program().toString()));
    command.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    command.addAll(List.of("--uid", UID, "--gid", "990", "--die-with-parent"));
    command.addAll(List.of("--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib"));
    command.addAll(List.of("--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin"));
    command.addAll(List.of("--dir", "/etc", "--ro-bind", passwd.toString(), "/etc/passwd"));
    command.addAll(List.of("--proc", "/proc", "--tmpfs", "/dev"));
    for (String device : List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")) {
      command.addAll(List.of("--dev-bind", device, device));
    }
    command.addAll(List.of("--remount-ro", "/dev", "--tmpfs", "/tmp"));
    List<String> readable = new ArrayList<>(List.of(System.getProperty("java.home")));
    readable.addAll(List.of(System.getProperty("java.class.path").split(":", -1)));
    for (String path : readable) {
      if (Files.exists(Path.of(path))) {
        command.addAll(List.of("--ro-bind", path, path));
      }
    }
    command.addAll(List.of(more));
    command.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp", "--setenv", "HOME", "/tmp"));
    return command;
  }

  private static ChildJvm start(List<String> sandbox) throws IOException {
    return ChildJvm.start(
        sandbox, System.getProperty("java.class.path"), Path.of("/tmp"), Map.of());
  }

  @Test
  void servesAnUnprivilegedAccount() throws Exception {
    try (ChildJvm child = start(sandbox("sbx:x:993:990::/tmp:/sbin/nologin\n"))) {
      assertThat(child.await("ready")).startsWith("ready embedded 18.");
      assertThat(child.end()).isZero();
    }
  }

  @Test
  void servesAnAccountWithoutAName() throws Exception {
    try (ChildJvm child = start(sandbox("root:x:0:0:root:/root:/bin/sh\n"))) {
      assertThat(child.await("ready")).startsWith("ready embedded 18.");
      assertThat(child.end()).isZero();
    }
  }

  /**
   * The smallest function that decant supports: it has 512 MB of memory and therefore 0.29 of a
   * CPU.
   */
  @Test
  void servesWithinTheMemoryAndTheShareOfACpuThatLambdaGives() throws Exception {
    try (ControlGroup group = ControlGroup.of(MEGABYTES)) {
      List<String> limited = new ArrayList<>(group.runner());
      limited.addAll(sandbox("sbx:x:993:990::/tmp:/sbin/nologin\n"));
      // A JVM in the sandbox does not see the control group, so it would use all of this machine's
      // memory.
      Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + MEGABYTES + "m");
      try (ChildJvm child =
          ChildJvm.start(
              limited, System.getProperty("java.class.path"), Path.of("/tmp"), options)) {
        assertThat(child.await("ready")).startsWith("ready embedded 18.");
        assertThat(child.end()).isZero();
      }
      assertThat(group.timesHeldBack()).isPositive();
    }
  }

  @Test
  void servesWithoutTheCxxRuntimeOfTheMachine() throws Exception {
    try (ChildJvm child = start(withoutCxxRuntime())) {
      assertThat(child.await("ready")).startsWith("ready embedded 18.");
      assertThat(child.end()).isZero();
    }
  }

  /** The archive of the artifact has no C++ runtime, so an installation of a user may lack it. */
  @Test
  void missingLibraryIsToldWithWaysOut() throws Exception {
    String archive = PostgresPrograms.upstream().toString();
    List<String> sandbox = withoutCxxRuntime("--ro-bind", archive, archive);
    Map<String, String> environment = Map.of("DECANT_POSTGRES", archive);
    try (ChildJvm child =
        ChildJvm.start(
            sandbox, System.getProperty("java.class.path"), Path.of("/tmp"), environment)) {
      assertThat(child.awaitEnd())
          .contains("libstdc++.so.6")
          .contains("Install the libraries libstdc++ and libgcc")
          .contains("DECANT_SCRATCH=postgresql://")
          .doesNotContain("ready");
    }
  }

  /** A sandbox in which an empty file replaces each library of the C++ runtime. */
  private List<String> withoutCxxRuntime(String... more) throws IOException {
    List<String> hidden = new ArrayList<>(List.of(more));
    Path gone = Files.createFile(folder.resolve("gone"));
    for (String name : List.of("libstdc++.so.6", "libgcc_s.so.1")) {
      List<Path> found = libraries(name);
      assertThat(found).isNotEmpty();
      for (Path library : found) {
        hidden.addAll(List.of("--ro-bind", gone.toString(), library.toRealPath().toString()));
      }
    }
    return sandbox("sbx:x:993:990::/tmp:/bin/sh\n", hidden.toArray(String[]::new));
  }

  private static List<Path> libraries(String name) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String place : List.of("/usr/lib", "/usr/lib64")) {
      if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> files =
            Files.find(Path.of(place), 2, (path, attributes) -> path.endsWith(name))) {
          files.forEach(found::add);
        }
      }
    }
    return found;
  }
}
