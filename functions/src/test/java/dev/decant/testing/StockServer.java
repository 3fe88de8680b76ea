package dev.decant.testing;

import dev.decant.scratch.PostgresPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL with the settings that initdb gives it, but for {@code wal_level = logical} and
 * {@code fsync = off}. A staging server has such settings, whereas the embedded servers are tuned
 * for scratch databases. It listens on 127.0.0.1 and on a socket of its own, and believes every
 * login unless it is made otherwise.
 */
public final class StockServer implements AutoCloseable {
  private static final int TRIES = 300;

  private static final String PASSWORD = "of-the-superuser";

  private final Path folder;
  private final int port;
  private final Process process;

  /** Starts one. */
  public StockServer() throws IOException {
    this("trust", "trust");
  }

  /**
   * Starts one that lets people in as Debian's does: over its socket by the name of their account,
   * over TCP with a password.
   */
  public static StockServer withPeers() throws IOException {
    return new StockServer("peer", "scram-sha-256");
  }

  private StockServer(String local, String host) throws IOException {
    this.folder = Files.createTempDirectory("decant-stock");
    this.port = freePort();
    asNobody(folder);
    String data = folder.resolve("data").toString();
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    asNobody(password);
    Process initdb =
        start(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth-local=" + local,
            "--auth-host=" + host,
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync");
    if (exit(initdb) != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }
    this.process =
        start(
            "postgres",
            "-D",
            data,
            "-p",
            Integer.toString(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "wal_level=logical",
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200");
    awaitReady();
  }

  private Process start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix());
    command.add(PostgresPrograms.program(program).toString());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** PostgreSQL and PgBouncer refuse to run as root. */
  static List<String> prefix() {
    return isRoot()
        ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
        : List.of();
  }

  static boolean isRoot() {
    return System.getProperty("user.name", "").equals("root");
  }

  static void asNobody(Path path) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private static int exit(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitReady() throws IOException {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Connection connection = admin()) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        pause();
      }
    }
    throw new IllegalStateException(Files.readString(folder.resolve("log")));
  }

  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A superuser's, in database postgres. The caller closes it. */
  public Connection admin() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
  }

  public int port() {
    return port;
  }

  /** The folder that has its socket. */
  public Path socketFolder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      // SIGTERM waits for clients; whoever is left is a test that failed.
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        exit(process);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
