package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.decant.error.DecantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server runs in the same way under every account: as nobody if the test runs as root,
 * otherwise as the test's own account.
 */
final class ServerUserIT {
  private static final boolean ROOT = new UnixSystem().getUid() == 0;

  @TempDir(factory = ServerFolder.class)
  Path folder;

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  @Test
  void everyWayToDropRightsDropsThem() throws Exception {
    assertThat(ServerUser.current().foreign()).isEqualTo(ROOT);
    for (String name : List.of("setpriv", "runuser", "su")) {
      for (String place : List.of("/usr/bin/", "/usr/sbin/")) {
        if (ROOT && Files.isExecutable(Path.of(place + name))) {
          List<String> command =
              new ArrayList<>(ServerUser.prefix(name, place + name, 65534, 65534));
          command.addAll(List.of("/bin/sh", "-c", "id -u; echo \"$1\"", "x", "a b -c"));
          assertThat(output(command)).as(name).isEqualTo("65534\na b -c");
        }
      }
    }
  }

  @Test
  void itsProcessesHaveNeitherOurEnvironmentNorCoreDumps() throws Exception {
    Process process =
        ServerUser.current().process(List.of("/bin/sh", "-c", "ulimit -Hc; env")).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(said.lines().map(line -> line.replaceFirst("=.*", "")))
        .contains("0", "PATH")
        .isSubsetOf("0", "PATH", "LC_ALL", "TZ", "PWD", "_", "SHLVL", "OLDPWD");
  }

  @Test
  void unprivilegedAccountServesItself() throws Exception {
    Path own = Folders.create(folder.resolve("own"), "rwx------");
    String classPath = ChildJvm.copyClassPath(Folders.create(folder.resolve("cp"), "rwxr-xr-x"));
    ServerUser user = ServerUser.current();
    user.own(own);
    Map<String, String> environment = Map.of("DECANT_CACHE", own + "/cache");
    try (ChildJvm child = ChildJvm.start(user.prefix(), classPath, own, environment)) {
      child.await("ready");
      String environ = "/proc/" + child.pid() + "/environ";
      assertThat(Files.exists(Path.of(environ))).isTrue();
      List<String> read = new ArrayList<>(user.prefix());
      read.addAll(List.of("/bin/cat", environ));
      assertThat(output(read)).contains("Permission denied").doesNotContain("DECANT_CACHE");
      assertThat(child.end()).isZero();
    }
    try (var left = Files.list(own.resolve("decant-postgres-" + user.uid()))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void foldersThatNobodyCanPassThroughAreRefused() throws IOException {
    Path closed = Folders.create(folder.resolve("closed"), "rwx------");
    ServerUser nobody = new ServerUser(65534, 65534, List.of("setpriv"));
    assertThat(nobody.canReach(folder)).isTrue();
    assertThat(nobody.canReach(closed.resolve("below"))).isFalse();
    assertThatThrownBy(() -> nobody.mustReach(closed, "DECANT_CACHE"))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("cannot pass through " + closed)
        .hasMessageContaining("DECANT_CACHE");
  }

  @Test
  void theServerGetsNothingOfOurEnvironment() {
    assertThat(ServerUser.current().process(List.of("true")).environment().keySet())
        .containsExactlyInAnyOrder("PATH", "LC_ALL", "TZ");
  }
}
