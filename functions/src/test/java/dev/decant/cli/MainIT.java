package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Interrupts;
import dev.decant.testing.MemoryFolder;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process {@code decant}: its exit codes, its streams and its signals. */
final class MainIT {
  @TempDir Path folder;

  @Test
  void anInterruptedProcessEndsWith130AndSaysSo() throws Exception {
    Path dump = folder.resolve("dump.sql");
    Process running = start(Map.of(), "generate", "--size", "900GB", "--output", dump.toString());
    try {
      while (running.isAlive() && (!Files.exists(dump) || Files.size(dump) == 0)) {
        Thread.sleep(20);
      }

      // kill is a built-in of the shell; the program of that name may be missing.
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + running.pid()).start().waitFor();

      assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(running.exitValue()).isEqualTo(130);
      assertThat(text(running.errorReader())).isEqualTo("decant: interrupted, cleaning up\n");
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void aDumpThatNobodyReadsEnds() throws Exception {
    try (SnapshotStore store = Stores.open(folder.toString())) {
      ShopSnapshot.publish(store);
    }
    Process running =
        start(Map.of(), "pull", "--from", folder.toString(), "--output", "-", "--quiet");
    try {
      assertThat(running.getInputStream().read()).isPositive();
      Thread.sleep(2000); // the pipe is full now: it takes 64 KB

      running
          .toHandle()
          .destroy(); // unlike the method of Process, this closes none of the test's streams

      assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() throws Exception {
    try (SnapshotStore store = Stores.open(folder.toString())) {
      ShopSnapshot.publish(store);
    }
    for (String[] command :
        new String[][] {
          {"show", "--from", folder.toString()},
          {"pull", "--from", folder.toString(), "--output", "-", "--quiet"}
        }) {
      Process running = start(Map.of(), command);
      running.getInputStream().close();

      assertThat(text(running.errorReader())).doesNotContain("stdout", "Cannot");
      assertThat(running.waitFor()).isEqualTo(141);
    }
  }

  @Test
  void theExitCodeIsTheErrorsKind() throws Exception {
    Process process = start(Map.of(), "show", "absent", "--from", folder.toString());

    assertThat(process.waitFor()).isEqualTo(14);
    assertThat(text(process.inputReader())).isEmpty();
    assertThat(text(process.errorReader())).startsWith("decant: There is no snapshot absent");
  }

  @Test
  void aFailureOfAnInvokedFunctionIsPrintedOnce() throws Exception {
    Path event = Files.writeString(folder.resolve("event.json"), "[]");
    Process process = start(Map.of(), "invoke", "SanitizeSnapshot", event.toString());

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(text(process.errorReader()).lines().filter(line -> line.contains("event")))
        .hasSize(1);
  }

  @Test
  void stdoutIsUtf8WhateverTheLocale() throws Exception {
    Process process = start(Map.of("LC_ALL", "C"), "invoke", "--help");

    assertThat(process.waitFor()).isZero();
    assertThat(text(process.inputReader(StandardCharsets.UTF_8))).contains("DECANT_…");
  }

  @Test
  void withoutATerminalNothingIsColoured() throws Exception {
    Process process = start(Map.of(), "--help");

    assertThat(process.waitFor()).isZero();
    assertThat(text(process.inputReader())).doesNotContain("\u001b");
  }

  @Test
  void aStoreThatOnlyTheRepositoryNamesIsRefusedWhereNobodyCanBeAsked() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    Files.createDirectory(repository.resolve(".git"));
    Files.writeString(repository.resolve("decant.yaml"), "version: 1\nstore: ../store\n");
    try (SnapshotStore store = Stores.open(folder.resolve("store").toString())) {
      ShopSnapshot.publish(store);
    }
    Map<String, String> state = Map.of("DECANT_STATE", folder.resolve("state").toString());
    String[] pull = {"pull", "--output", "-", "--quiet", "--schema-only"};

    Process refused = start(repository, state, pull);
    assertThat(text(refused.inputReader())).isEmpty();
    assertThat(text(refused.errorReader())).contains(folder.resolve("store").toString(), "--from");
    assertThat(refused.waitFor()).isEqualTo(15);

    Map<String, String> own = Map.of("DECANT_STORE", folder.resolve("store").toString());
    Process agreed = start(repository, own, pull);
    assertThat(text(agreed.inputReader())).contains("CREATE TABLE");
    assertThat(agreed.waitFor()).isZero();
  }

  @Test
  void anInterruptedVerifyDropsItsDatabase() throws Exception {
    try (SnapshotStore store = Stores.open(folder.resolve("verified").toString())) {
      ShopSnapshot.publish(store);
    }
    try (PlainDatabase server = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = server.connect()) {
      server.asSuperuser("ALTER ROLE " + server.name() + " CREATEDB");
      Process process =
          start(
              Map.of(),
              "verify",
              "--from",
              folder.resolve("verified").toString(),
              "--scratch",
              server.url());
      while (process.isAlive() && databases(connection) < 2) {
        Thread.sleep(5);
      }
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();

      assertThat(process.waitFor()).as(text(process.errorReader())).isEqualTo(130);
      assertThat(text(process.inputReader())).isEmpty();
      assertThat(databases(connection)).isOne();
    }
  }

  /** The number of databases of the role that connects. */
  private static int databases(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = current_user")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String text(BufferedReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static Process start(Map<String, String> environment, String... arguments)
      throws IOException {
    return start(Path.of("").toAbsolutePath(), environment, arguments);
  }

  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Process start(Path in, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add(MemoryFolder.option());
    command.add("-cp");
    command.add(absoluteClassPath());
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(Interrupts.heededBy(command)).directory(in.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
