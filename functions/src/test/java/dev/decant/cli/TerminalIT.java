package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.SnapshotName;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.MemoryS3;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code decant pull} at a terminal, from a store whose answers the test holds back. */
final class TerminalIT {
  private static final int ALL = 1_000_000;
  private static final String BAR = "^rows +\\d+%";
  private static final String TABLE = "^  public\\.\\w+ +\\d+%.* rows$";

  @TempDir static Path folder;
  private static MemoryS3 s3;
  private static PlainDatabase developer;
  private static volatile Semaphore answers = new Semaphore(ALL);

  @BeforeAll
  static void publish() throws SQLException, IOException {
    Path store = folder.resolve("store");
    SnapshotName name = ShopSnapshot.NAME;
    try (SnapshotStore opened = Stores.open(store.toString())) {
      ShopSnapshot.publish(opened, name, 60_000_000, null);
    }
    s3 = new MemoryS3(0);
    for (String suffix : List.of(SnapshotName.DUMP, SnapshotName.MANIFEST)) {
      s3.put("bucket", name.key(suffix), Files.readAllBytes(store.resolve(name.key(suffix))), "x");
    }
    s3.fault(
        (action, key) -> {
          if (action.equals("GetObject") && key.endsWith(SnapshotName.DUMP)) {
            answers.acquireUninterruptibly();
          }
        });
    developer = PlainDatabase.on(PostgresVersion.V16);
    developer.asSuperuser("ALTER ROLE " + developer.name() + " CREATEDB");
  }

  @AfterAll
  static void leave() throws SQLException {
    answers.release(ALL);
    dropAll();
    developer.close();
    s3.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    dropAll();
    answers = new Semaphore(ALL);
  }

  private static void dropAll() throws SQLException {
    for (String database : databases()) {
      developer.asSuperuser("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
    }
  }

  private static List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = developer.connect();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user"
                        + " AND datname <> current_database()")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static TmuxTerminal pull(int columns, String... arguments) throws IOException {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL", developer.url(),
            "DECANT_STORE", "s3://bucket",
            "AWS_ENDPOINT_URL", s3.endpoint(),
            "AWS_ACCESS_KEY_ID", "x",
            "AWS_SECRET_ACCESS_KEY", "x",
            "TERM", "xterm-256color");
    return new TmuxTerminal(
        folder,
        columns,
        environment,
        Stream.concat(Stream.of("pull", "--no-cache"), Stream.of(arguments)).toList());
  }

  /** Lets frames come one by one until the table has some of its frames and not all. */
  private static String awaitTable(TmuxTerminal terminal) throws IOException {
    for (int tries = 0; tries < 50 && !terminal.shows(TABLE, 1500); tries++) {
      if (answers.hasQueuedThreads()) {
        answers.release();
      }
    }
    return terminal.await(TABLE);
  }

  /**
   * What docs/pull.md shows is what is to be seen, numbers, bars and names aside. The screen is
   * left in target/screens for who writes there.
   */
  private static void requireShown(String screen) throws IOException {
    String last = shape(screen.lines().toList().getLast());
    Path screens = Files.createDirectories(Path.of("target", "screens"));
    Files.writeString(screens.resolve(Integer.toHexString(last.hashCode()) + ".txt"), screen);

    assertThat(Files.readAllLines(Path.of("..", "docs", "pull.md")))
        .as(screen)
        .anyMatch(line -> shape(line).equals(last));
  }

  private static String shape(String line) {
    return line.replaceAll("│.*│", "││")
        .replaceAll("public\\.\\w+ +", "TABLE ")
        .replaceAll("[0-9?.,]+", "0")
        .replaceAll("\\(0:0:0 / (0|0:0:0)\\)", "(TIMES)")
        .replaceAll("[kM]B", "B")
        .replaceAll(" +", " ");
  }

  @Test
  void aTakenNameIsAskedAboutAndNoKeepsIt() throws Exception {
    developer.asSuperuser("CREATE DATABASE mine OWNER " + developer.name());
    try (TmuxTerminal terminal = pull(100, "--into", "mine")) {
      terminal.await("\\[y/N\\]");
      terminal.type("n", "Enter");

      assertThat(terminal.exitCode()).isEqualTo(15);
      assertThat(databases()).containsExactly("mine");
    }
  }

  @Test
  void aTakenNameIsAskedAboutAndYesReplacesIt() throws Exception {
    developer.asSuperuser("CREATE DATABASE mine OWNER " + developer.name());
    try (TmuxTerminal terminal = pull(100, "--into", "mine", "--schema-only")) {
      String screen = terminal.await("\\[y/N\\]");
      requireShown(screen);
      terminal.type("y", "Enter");

      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen()).contains("DATABASE_URL=");
      assertThat(databases()).containsExactly("mine");
    }
  }

  @Test
  void controlCLeavesNothing() throws Exception {
    answers = new Semaphore(3);
    try (TmuxTerminal terminal = pull(120)) {
      terminal.await(BAR);
      assertThat(databases()).isNotEmpty();
      terminal.type("C-c");

      assertThat(terminal.exitCode()).isEqualTo(130);
      assertThat(terminal.screen()).contains("interrupted").doesNotContain("Exception");
      assertThat(databases()).isEmpty();
    }
  }

  @Test
  void aWideTerminalShowsTheRunningTables() throws Exception {
    answers = new Semaphore(0, true);
    try (TmuxTerminal terminal =
        pull(120, "--tables", "audit_log", "--no-parents", "--jobs", "1")) {
      String screen = awaitTable(terminal);

      assertThat(screen.lines()).filteredOn(line -> line.matches(BAR + ".*")).hasSize(1);
      requireShown(screen);
    }
  }

  @Test
  void aNarrowTerminalShowsOneLine() throws Exception {
    answers = new Semaphore(4);
    try (TmuxTerminal terminal = pull(60, "--tables", "payment")) {
      String screen = terminal.await(BAR);
      assertThat(screen).doesNotContainPattern(TABLE);

      answers.release(ALL);
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen()).doesNotContainPattern(BAR);
    }
  }

  @Test
  void aTerminalThatBecomesNarrowerLosesTheOtherLines() throws Exception {
    answers = new Semaphore(0, true);
    try (TmuxTerminal terminal =
        pull(120, "--tables", "audit_log", "--no-parents", "--jobs", "1")) {
      awaitTable(terminal);
      terminal.resize(60);
      terminal.await("\\A(?s:(?!public\\.).)*^rows[^\n]*\\z");
      terminal.resize(140);
      terminal.await(TABLE);

      assertThat(terminal.screen().lines()).filteredOn(line -> line.matches(BAR + ".*")).hasSize(1);
    }
  }
}
