package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.frame.Frame;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MemoryS3;
import dev.decant.testing.Needs;
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
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code decant pull} at a terminal. The test delays the answers of the store. */
@Needs(Component.TMUX)
final class TerminalIT {
  private static final String BAR = "^rows +\\d+%";
  private static final String TABLE = "^  public\\.\\w+ +\\d+%.* rows$";

  @TempDir static Path folder;
  private static MemoryS3 s3;
  private static PlainDatabase developer;
  private static volatile CountDownLatch gate = new CountDownLatch(0);

  @BeforeAll
  static void publish() throws SQLException, IOException {
    Path store = folder.resolve("store");
    SnapshotName name = ShopSnapshot.NAME;
    List<Frame> rows;
    try (SnapshotStore opened = Stores.open(store.toString())) {
      ShopSnapshot.publish(opened, name, 60_000_000, null);
      rows =
          new Snapshots(opened)
              .read(name, null).manifest().frames().stream()
                  .filter(f -> f.kind() == Frame.Kind.ROWS)
                  .filter(f -> String.valueOf(f.table()).equals("public.audit_log"))
                  .toList();
    }
    Frame second = rows.get(1);
    Frame last = rows.getLast();
    s3 = new MemoryS3(0);
    for (String suffix : List.of(SnapshotName.DUMP, SnapshotName.MANIFEST)) {
      s3.put("bucket", name.key(suffix), Files.readAllBytes(store.resolve(name.key(suffix))), "x");
    }
    s3.reading(
        (key, offset) -> {
          if (key.endsWith(SnapshotName.DUMP)
              && second.offset() <= offset
              && offset <= last.offset()) {
            awaitGate();
          }
        });
    developer = PlainDatabase.on(PostgresVersion.V16);
    developer.asSuperuser("ALTER ROLE " + developer.name() + " CREATEDB");
  }

  @AfterAll
  static void leave() throws SQLException {
    gate.countDown();
    dropAll();
    developer.close();
    s3.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    dropAll();
    gate.countDown();
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

  private static void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TmuxTerminal pull(int columns, String... arguments) throws IOException {
    return run(
        columns,
        Stream.concat(Stream.of("pull", "--no-cache"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static TmuxTerminal run(int columns, String... arguments) throws IOException {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL", developer.url(),
            "DECANT_STORE", "s3://bucket",
            "AWS_ENDPOINT_URL", s3.endpoint(),
            "AWS_ACCESS_KEY_ID", "x",
            "AWS_SECRET_ACCESS_KEY", "x",
            "TERM", "xterm-256color");
    return new TmuxTerminal(folder, columns, environment, List.of(arguments));
  }

  /** A pull of a table of three frames that waits after the first frame. */
  private static TmuxTerminal heldPull(int columns) throws IOException {
    gate = new CountDownLatch(1);
    return pull(columns, "--tables", "audit_log", "--no-parents", "--jobs", "1");
  }

  /**
   * Checks that docs/pull.md shows the last line of the screen, apart from numbers, bars and names.
   * The screen is kept in target/screens for the authors of that document.
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
      terminal.await("DATABASE_URL=");
      assertThat(databases()).containsExactly("mine");
    }
  }

  @Test
  void controlCLeavesNothing() throws Exception {
    try (TmuxTerminal terminal = heldPull(120)) {
      terminal.await(BAR);
      assertThat(databases()).isNotEmpty();
      terminal.type("C-c");

      assertThat(terminal.exitCode()).isEqualTo(130);
      assertThat(terminal.await("interrupted")).doesNotContain("Exception");
      assertThat(databases()).isEmpty();
    }
  }

  @Test
  void controlCAtTheQuestionAboutAFileEndsIt() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.sql"), "mine");
    try (TmuxTerminal terminal = pull(100, "--output", file.toString())) {
      terminal.await("\\[y/N\\]");
      terminal.type("C-c");

      assertThat(terminal.exitCode()).isEqualTo(130);
      assertThat(Files.readString(file)).isEqualTo("mine");
    }
  }

  @Test
  void aWideTerminalShowsTheRunningTables() throws Exception {
    try (TmuxTerminal terminal = heldPull(120)) {
      String screen = terminal.await(TABLE);

      assertThat(screen.lines()).filteredOn(line -> line.matches(BAR + ".*")).hasSize(1);
      requireShown(screen);
    }
  }

  @Test
  void aNarrowTerminalShowsOneLineAndNoneAtTheEnd() throws Exception {
    try (TmuxTerminal terminal = heldPull(60)) {
      assertThat(terminal.await(BAR)).doesNotContainPattern(TABLE);

      gate.countDown();
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen()).doesNotContainPattern(BAR);
    }
  }

  @Test
  void onEightyColumnsEachLineOfProgressAndOfTablesIsWhole() throws Exception {
    try (TmuxTerminal terminal = heldPull(80)) {
      String line = terminal.await("^rows +\\d+%.*rows.*$").lines().toList().getLast();

      assertThat(line).contains(" MB/s ", " rows").hasSizeLessThan(80);
    }
    gate.countDown();
    for (String command : List.of("list", "show")) {
      try (TmuxTerminal terminal = run(80, command)) {
        assertThat(terminal.exitCode()).isZero();
        // A line that is too long would be wrapped by the terminal in the middle of a word.
        assertThat(terminal.screen())
            .contains(
                command.equals("list")
                    ? "verdict: verified, signature"
                    : "(constant)\npublic.newsletter_subscriber");
      }
    }
  }

  @Test
  void aTerminalThatBecomesNarrowerLosesTheOtherLines() throws Exception {
    try (TmuxTerminal terminal = heldPull(120)) {
      terminal.await(TABLE);
      // Above it there may be lines that the terminal wrapped after its width was read.
      terminal.resize(60);
      terminal.await("^rows[^\n]{1,55}\\z");
      terminal.resize(140);

      assertThat(terminal.await(TABLE + "\\z").lines().toList().reversed().get(1))
          .matches(BAR + ".*");
    }
  }
}
