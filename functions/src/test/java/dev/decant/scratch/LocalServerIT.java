package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.testing.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a server that keeps running. */
final class LocalServerIT {
  private static final ScratchOptions OPTIONS = ScratchOptions.of(Map.of());

  /**
   * This is not a folder of JUnit: if the test runs as root, the server runs as nobody, who must be
   * able to enter the folder.
   */
  private Path state;

  @BeforeEach
  void makeState() throws IOException {
    state = Files.createTempDirectory("decant-state");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void stop() throws IOException {
    LocalServer.stop(OPTIONS, List.of(state));
    Folders.delete(state);
  }

  private static String one(ServerAddress address, String sql) throws SQLException {
    try (Connection connection = address.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(ServerAddress address, String sql) throws SQLException {
    try (Connection connection = address.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void itIsStartedOnceAndItsDataStayWhenItIsStopped() throws Exception {
    ServerAddress first = LocalServer.start(OPTIONS, List.of(state)).owner();
    run(first, "CREATE DATABASE kept");

    assertThat(LocalServer.start(OPTIONS, List.of(state)).owner()).isEqualTo(first);
    assertThat(LocalServer.stop(OPTIONS, List.of(state))).hasSize(1);
    assertThat(LocalServer.stop(OPTIONS, List.of(state))).isEmpty();
    assertThatThrownBy(() -> first.connect("postgres")).isInstanceOf(DecantException.class);

    ServerAddress again = LocalServer.start(OPTIONS, List.of(state)).owner();
    assertThat(again).isEqualTo(first);
    assertThat(one(again, "SELECT count(*) FROM pg_database WHERE datname = 'kept'"))
        .isEqualTo("1");
  }

  @Test
  void itsFolderMayHaveBlanksAndQuotes() throws Exception {
    Path folder = Files.createDirectory(state.resolve("Zoë O'Brien's  (state)"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try {
      ServerAddress address = LocalServer.start(OPTIONS, List.of(folder)).owner();

      assertThat(one(address, "SELECT 1")).isEqualTo("1");
    } finally {
      LocalServer.stop(OPTIONS, List.of(folder));
    }
  }

  @Test
  void itListensOnTheLoopbackAndItsPasswordsAreForUsAlone() throws Exception {
    LocalServer.Access access = LocalServer.start(OPTIONS, List.of(state));
    ServerAddress address = access.owner();

    assertThat(one(address, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(one(access.administrator(), "SHOW unix_socket_directories")).isEmpty();
    for (String name : List.of("password", "administrator-password")) {
      Path password = state.resolve("postgres-18").resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
    }
    assertThat(address.password()).isNotEqualTo(access.administrator().password());
    assertThat(address.password()).hasSizeGreaterThan(20);
    assertThatThrownBy(() -> address.withPassword("").connect("postgres"))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void developersWorkAsAPlainRole() throws Exception {
    ServerAddress owner = LocalServer.start(OPTIONS, List.of(state)).owner();

    assertThat(
            one(
                owner,
                "SELECT rolcreatedb AND NOT rolsuper AND NOT rolcreaterole FROM pg_roles"
                    + " WHERE rolname = current_user"))
        .isEqualTo("t");
    assertThatThrownBy(() -> run(owner, "COPY (SELECT 1) TO PROGRAM 'true'"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  @Test
  void serverWhoseRoleIsASuperuserIsNotUsed() throws Exception {
    Path blank = Files.createDirectory(state.resolve("a b"));
    Files.setPosixFilePermissions(blank, PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = Files.createDirectories(blank.resolve("postgres-18"));
    Files.writeString(folder.resolve("password"), "of an earlier version");

    assertThatThrownBy(() -> LocalServer.start(OPTIONS, List.of(blank)))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("decant pull --stop; rm -r '" + folder + "'`");
    assertThat(folder.resolve("password")).hasContent("of an earlier version");
  }

  @Test
  void serverThatDoesNotFitOnItsDiskNamesTheFolderAndTheVariable() throws Exception {
    for (int megabytes : new int[] {1, 10}) {
      try (SmallDisk disk = SmallDisk.of(megabytes)) {
        assertThatThrownBy(() -> LocalServer.start(OPTIONS, List.of(disk.folder())))
            .isInstanceOfSatisfying(
                DecantException.class,
                e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL))
            .hasMessageContaining("The disk of the folder " + disk.folder())
            .hasMessageContaining("DECANT_STATE");
      }
    }
  }

  @Test
  void whereItsPortWasTakenMeanwhileItTakesAnother() throws Exception {
    ServerAddress first = LocalServer.start(OPTIONS, List.of(state)).owner();
    LocalServer.stop(OPTIONS, List.of(state));
    try (ServerSocket _ = new ServerSocket(first.port(), 1, InetAddress.getLoopbackAddress())) {
      ServerAddress second = LocalServer.start(OPTIONS, List.of(state)).owner();

      assertThat(second.port()).isNotEqualTo(first.port());
      assertThat(one(second, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void itOutlivesTheProcessThatStartedIt() throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    state.toString()))
            .inheritIO()
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();

    assertThat(DeadServer.server(state.resolve("postgres-18/data"))).isPresent();
    assertThat(one(LocalServer.start(OPTIONS, List.of(state)).owner(), "SELECT 1")).isEqualTo("1");
  }

  /** The child process, which starts the server and ends. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      LocalServer.start(OPTIONS, List.of(Path.of(arguments[0])));
    }
  }
}
