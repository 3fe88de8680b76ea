package dev.decant.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Redis on this machine, without persistence, on a random port, with a password or none. */
public final class RedisServer implements AutoCloseable {
  private static final int TRIES = 200;

  private final Process process;
  private final int port;
  private final Path folder;

  /** Starts one; an empty password: none. */
  public RedisServer(String password) throws IOException {
    this.folder = Files.createTempDirectory("decant-redis");
    this.port = freePort();
    this.process = start(password);
    awaitReady();
  }

  private Process start(String password) throws IOException {
    try {
      return new ProcessBuilder(
              "redis-server",
              "--port",
              String.valueOf(port),
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--dir",
              folder.toString(),
              "--requirepass",
              password)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "redis-server is missing: apt-get install redis-server (brew install redis)", e);
    }
  }

  private void awaitReady() throws IOException {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        sleep();
      }
    }
    throw new IllegalStateException(
        "redis-server did not start:\n" + Files.readString(folder.resolve("log")));
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    Files.deleteIfExists(folder.resolve("log"));
    Files.deleteIfExists(folder);
  }
}
