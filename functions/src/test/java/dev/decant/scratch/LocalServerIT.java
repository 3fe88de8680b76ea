package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.database.ServerAddress;
import dev.decant.error.DecantException;
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

/** A server that stays. */
final class LocalServerIT {
  private static final ScratchOptions OPTIONS = ScratchOptions.of(Map.of());

  /** Not JUnit's: nobody, whom the server runs as where we are root, must pass. */
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
    ServerAddress first = LocalServer.start(OPTIONS, List.of(state));
    run(first, "CREATE TABLE kept AS SELECT 1");

    assertThat(LocalServer.start(OPTIONS, List.of(state))).isEqualTo(first);
    assertThat(LocalServer.stop(OPTIONS, List.of(state))).hasSize(1);
    assertThat(LocalServer.stop(OPTIONS, List.of(state))).isEmpty();
    assertThatThrownBy(() -> first.connect("postgres")).isInstanceOf(DecantException.class);

    ServerAddress again = LocalServer.start(OPTIONS, List.of(state));
    assertThat(again).isEqualTo(first);
    assertThat(one(again, "SELECT count(*) FROM kept")).isEqualTo("1");
  }

  @Test
  void itListensOnTheLoopbackAndItsPasswordIsForUsAlone() throws Exception {
    ServerAddress address = LocalServer.start(OPTIONS, List.of(state));

    assertThat(one(address, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(one(address, "SHOW unix_socket_directories")).isEmpty();
    Path password = state.resolve("postgres-18/password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    assertThat(address.password()).hasSizeGreaterThan(20);
    assertThatThrownBy(() -> address.withPassword("").connect("postgres"))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void whereItsPortWasTakenMeanwhileItTakesAnother() throws Exception {
    ServerAddress first = LocalServer.start(OPTIONS, List.of(state));
    LocalServer.stop(OPTIONS, List.of(state));
    try (ServerSocket _ = new ServerSocket(first.port(), 1, InetAddress.getLoopbackAddress())) {
      ServerAddress second = LocalServer.start(OPTIONS, List.of(state));

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
    assertThat(one(LocalServer.start(OPTIONS, List.of(state)), "SELECT 1")).isEqualTo("1");
  }

  /** Starts it and ends. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      LocalServer.start(OPTIONS, List.of(Path.of(arguments[0])));
    }
  }
}
