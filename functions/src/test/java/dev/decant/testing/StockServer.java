package dev.decant.testing;

import dev.decant.scratch.PostgresPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL with the settings that initdb writes, except for {@code wal_level = logical} and
 * {@code fsync = off}. A staging server has such settings, whereas the embedded servers are tuned
 * for scratch databases. It listens on 127.0.0.1 and on a socket of its own. Unless a test demands
 * something else, it accepts every login without a password.
 */
public final class StockServer implements AutoCloseable {
  private static final int TRIES = 300;

  private static final String PASSWORD = "of-the-superuser";

  private final PostgresVersion version;
  private final Path folder;
  private final int port;
  private final Process process;

  /** Starts a server. */
  public StockServer() throws IOException {
    this(PostgresVersion.V18);
  }

  /**
   * Starts a server with the logins of Debian's packages: by the name of the account over the
   * socket, and with a password over TCP.
   */
  public static StockServer withPeers() throws IOException {
    return new StockServer("peer", "scram-sha-256", PostgresVersion.V18);
  }

  /** Starts a server of this version. */
  public StockServer(PostgresVersion version) throws IOException {
    this("trust", "trust", version);
  }

  private StockServer(String local, String host, PostgresVersion version) throws IOException {
    this.version = version;
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
    command.add(PostgresPrograms.program(program, version.options()).toString());
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

  /** Accepts only TLS over TCP from now on, with this certificate and its key. */
  public void useTls(Path certificate, Path key) throws IOException, SQLException {
    Path data = folder.resolve("data");
    for (Path file : List.of(certificate, key)) {
      Path copy = Files.copy(file, data.resolve(String.valueOf(file.getFileName())));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
      asNobody(copy);
    }
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate.getFileName() + "'");
      statement.execute("ALTER SYSTEM SET ssl_key_file = '" + key.getFileName() + "'");
      statement.execute("ALTER SYSTEM SET ssl = on");
      Files.writeString(
          data.resolve("pg_hba.conf"), "local all all trust\nhostssl all all all trust\n");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** Connects to the database postgres as a superuser. The caller closes the connection. */
  public Connection admin() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
  }

  public int port() {
    return port;
  }

  /** Kills one of its processes, so that it ends all sessions and recovers as after a crash. */
  public void crash() throws IOException, SQLException {
    try (Connection other = admin()) {
      try (Connection connection = admin();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
        rows.next();
        ProcessHandle.of(rows.getLong(1)).orElseThrow().destroyForcibly();
      }
      // The server ends this session when it has noticed the crash. Until then it lets clients in.
      while (other.isValid(5)) {
        pause();
      }
    }
    awaitReady();
  }

  /** Makes a folder on a disk that belongs to the account of the server, for a tablespace. */
  public Path folderOn(Path disk) throws IOException {
    Path made = Files.createDirectory(disk.resolve("tablespace"));
    asNobody(made);
    return made;
  }

  /** The folder that has its socket. */
  public Path socketFolder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      // SIGTERM would wait for clients. Only a test that failed leaves clients.
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
