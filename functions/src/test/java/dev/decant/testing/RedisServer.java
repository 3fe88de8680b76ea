package dev.decant.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.model.OsArchitecture;

/**
 * A real Redis on this machine, without persistence, on a random port, with or without a password.
 * The test must have {@link Needs}.
 */
public final class RedisServer implements AutoCloseable {
  private static final int TRIES = 200;
  private static boolean searched;
  private static @Nullable Path program;

  private final Process process;
  private final int port;
  private final Path folder;

  /** Starts a server. With an empty password it asks for none. */
  public RedisServer(String password) throws IOException {
    this.folder = Files.createTempDirectory("decant-redis");
    this.port = freePort();
    this.process = start(password);
    awaitReady();
  }

  /**
   * The program that the build provides, which is linked statically, or otherwise the one of this
   * machine. Only starting the program shows whether this machine can run it.
   */
  static synchronized Optional<Path> program() {
    if (!searched) {
      searched = true;
      program =
          Stream.concat(carried().stream(), Component.onPath("redis-server").stream())
              .filter(RedisServer::runs)
              .findFirst()
              .orElse(null);
    }
    return Optional.ofNullable(program);
  }

  private static Optional<Path> carried() {
    Map<OsArchitecture, String> programs = ExecutableProvider.newProvidedVersionsMap();
    // The program for x86_64 needs OpenSSL 3 on the machine.
    programs.put(OsArchitecture.UNIX_x86_64, programs.get(OsArchitecture.UNIX_x86));
    try {
      Path folder = Files.createTempDirectory("decant-redis-program");
      File file = ExecutableProvider.newJarResourceProvider(folder::toFile, programs).get();
      file.deleteOnExit();
      return Optional.of(file.toPath());
    } catch (IOException | OsArchitectureNotFound e) {
      return Optional.empty();
    }
  }

  private static boolean runs(Path program) {
    try {
      return new ProcessBuilder(program.toString(), "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(String password) throws IOException {
    return new ProcessBuilder(
            Component.REDIS.program().toString(),
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
