package dev.decant.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PgBouncer in front of a server of this machine. It pools transactions. */
public final class PgBouncer implements AutoCloseable {
  private static final int TRIES = 200;

  private final Path folder;
  private final int port;
  private final Process process;

  /**
   * Starts a PgBouncer. The test must have {@link Needs}.
   *
   * @param server port of the server
   * @param user the role that may connect
   * @param settings more lines of its configuration
   */
  public PgBouncer(int server, String user, String settings) throws IOException {
    this.folder = Files.createTempDirectory("decant-bouncer");
    this.port = StockServer.freePort();
    StockServer.asNobody(folder);
    Path users = Files.writeString(folder.resolve("users"), "\"" + user + "\" \"\"\n");
    Path configuration =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = transaction
            max_client_conn = 500
            default_pool_size = 20
            ignore_startup_parameters = extra_float_digits
            """
                    .formatted(server, port, users)
                + settings);
    List<String> command = new ArrayList<>(StockServer.prefix());
    command.addAll(List.of(Component.PGBOUNCER.program().toString(), configuration.toString()));
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitReady();
  }

  private void awaitReady() throws IOException {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        StockServer.pause();
      }
    }
    throw new IllegalStateException(
        "pgbouncer did not start (apt-get install pgbouncer):\n"
            + Files.readString(folder.resolve("log")));
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    for (String file : List.of("users", "pgbouncer.ini", "log")) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder);
  }
}
