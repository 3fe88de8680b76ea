package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.SnapshotName;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.MemoryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The remains of a run whose process was ended from outside. */
class KilledRunIT {
  /** The child process: one run whose sql step sleeps. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (Source source = Sources.open(arguments[1]);
          SnapshotStore store = Stores.open(folder.resolve("store").toString())) {
        Sanitization.run(
            Shop.request(
                source,
                Shop.policy("sql:\n", "sql:\n  - select pg_sleep(300)\n"),
                store,
                folder.resolve("work")));
      }
    }
  }

  @TempDir Path folder;

  private Process start(Path raw) throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    MemoryFolder.option(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    folder.toString(),
                    raw.toString()))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectErrorStream(true)
            .start();
    // The sql step sleeps after all rows were loaded, when the spool contains frames.
    while (child.isAlive() && !isSleeping(child)) {
      Thread.sleep(20);
    }
    assertThat(child.isAlive()).as("%s", Files.readString(folder.resolve("out"))).isTrue();
    return child;
  }

  private static boolean isSleeping(Process child) {
    return child
        .descendants()
        .anyMatch(
            p ->
                title(p).contains("postgres")
                    && (title(p).contains(" SELECT") || title(p).contains(" BIND")));
  }

  private static String title(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (java.io.IOException e) {
      return "";
    }
  }

  private List<Path> below(String name) throws Exception {
    Path root = folder.resolve(name);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void assertTheNextRunSucceeds(Path raw) {
    try (SnapshotStore store = Stores.open(folder.resolve("store").toString())) {
      assertThat(store.stat(Shop.NAME.key(SnapshotName.MANIFEST))).isEmpty();
      assertThat(store.stat(Shop.NAME.key(SnapshotName.DUMP))).isEmpty();
      SanitizeResult result =
          Shop.run(
              raw,
              Shop.policy("sql:\n", "sql:\n  - select pg_sleep(0)\n"),
              store,
              folder.resolve("work"));
      assertThat(result).isInstanceOf(SanitizeResult.Published.class);
    }
  }

  @Test
  @Timeout(180)
  void aKilledRunPublishesNothingAndTheNextSucceeds() throws Exception {
    Path raw = Shop.land(folder, Shop.dump(100_000));
    Process child = start(raw);
    Path work = folder.resolve("work");
    assertThat(Sanitization.sweep(work)).isZero();
    assertThat(runFolders(work)).as("of a run that lives").hasSize(1);
    child.destroyForcibly();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(runFolders(work)).hasSize(1);
    assertThat(below("work")).as("files with rows").allMatch(file -> file.endsWith("owner.lock"));
    Path ofAnOlderDecant = Files.createDirectory(work.resolve("decant-run-123"));
    Path link = Files.createSymbolicLink(work.resolve("decant-run-link"), folder);
    assertTheNextRunSucceeds(raw);
    assertThat(ofAnOlderDecant).doesNotExist();
    assertThat(runFolders(work)).containsExactly(link);
    assertThat(raw).exists();
  }

  private static List<Path> runFolders(Path work) throws Exception {
    try (Stream<Path> all = Files.list(work)) {
      return all.filter(f -> f.getFileName().toString().startsWith("decant-run-")).toList();
    }
  }

  @Test
  @Timeout(180)
  void sweepRemovesWhatAKilledRunLeft() throws Exception {
    Path raw = Shop.land(folder, Shop.dump(100_000));
    Process child = start(raw);
    child.destroyForcibly();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Sanitization.sweep(folder.resolve("work"))).isEqualTo(1);
    assertThat(runFolders(folder.resolve("work"))).isEmpty();
  }

  @Test
  @Timeout(180)
  void aRunThatIsToldToStopLeavesNothing() throws Exception {
    Path raw = Shop.land(folder, Shop.dump(100_000));
    Process child = start(raw);
    List<ProcessHandle> servers = child.descendants().toList();
    child.destroy();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(below("work")).isEmpty();
    // The lock file of the store does not belong to a run.
    assertThat(below("store")).allMatch(file -> file.endsWith(".decant.lock"));
    assertThat(servers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertTheNextRunSucceeds(raw);
  }
}
