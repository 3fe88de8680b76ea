package dev.decant.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real S3 API on this machine: Adobe's S3Mock in a process of its own, which is started once for
 * // the tests of a JVM on a random port. It ends with the JVM, even if the JVM is killed, because
 * a // shell waits until its standard input is closed. While it runs, {@code s3://} leads to this
 * // server, because the system properties of the SDK name it.
 */
public final class S3Server {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static @Nullable S3Server running;

  private final int port;
  private final Process process;
  private final Path log;

  private S3Server() throws IOException {
    Path folder = Path.of(System.getProperty("basedir", "."), "target", "s3mock").toAbsolutePath();
    Path jar = folder.resolve("s3mock.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "no " + jar + ": run mvn -pl functions dependency:copy@s3mock");
    }
    this.port = freePort();
    this.log = folder.resolve("s3mock-" + port + ".log");
    this.process = start(jar, folder.resolve("data-" + port));
  }

  /** The server, which the first call starts. */
  public static synchronized S3Server running() {
    if (running == null) {
      try {
        S3Server server = new S3Server();
        server.awaitReady();
        server.use(server.port);
        running = server;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return running;
  }

  private Process start(Path jar, Path data) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            "sh",
            "-c",
            "data=$1; shift; \"$@\" & child=$!; read -r _; kill -9 $child; wait; rm -rf \"$data\"",
            "sh",
            Files.createDirectories(data).toString(),
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString(),
            "--server.address=127.0.0.1",
            "--server.ssl.enabled=false",
            "--server.port=" + port,
            "--http.port=0",
            "--com.adobe.testing.s3mock.store.root=" + data);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        request("GET", "/");
        return;
      } catch (IOException e) {
        sleep();
      }
    }
    throw new IllegalStateException("S3Mock did not start:\n" + Files.readString(log));
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void request(String method, String path) throws IOException {
    request(method, path, HttpRequest.BodyPublishers.noBody());
  }

  private void request(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(endpoint() + path)).method(method, body).build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new IOException(method + " " + path + ": " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code http://127.0.0.1:port}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Makes a new, empty bucket and returns its name. */
  public String newBucket() {
    String name = "bucket-" + UUID.randomUUID();
    try {
      makeBucket(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  /** Makes an empty bucket of this name, which no other test of the JVM may use. */
  public void makeBucket(String name) throws IOException {
    request("PUT", "/" + name);
  }

  /** Uploads a file. */
  public void put(String bucket, String key, Path file) throws IOException {
    request("PUT", "/" + bucket + "/" + key, HttpRequest.BodyPublishers.ofFile(file));
  }

  /**
   * Lets {@code s3://} lead to another port: that of a proxy in front of this server, or that of
   * this server again.
   */
  public void use(int anyPort) {
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + anyPort);
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }
}
