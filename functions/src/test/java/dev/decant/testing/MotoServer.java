package dev.decant.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The server of moto, which offers APIs of AWS other than S3 on this machine. It is a process of
 * its own on a random port of the loopback address. {@code .ci/moto-venv} installs it; {@code
 * DECANT_TEST_MOTO} names another installation.
 */
public final class MotoServer implements AutoCloseable {
  private final int port;
  private final Process process;

  private MotoServer(Path program, Path log) throws IOException {
    port = freePort();
    process =
        new ProcessBuilder(
                List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitReady(log);
  }

  /** Starts a server. The test must have {@link Needs}. */
  public static MotoServer start(Path log) throws IOException {
    return new MotoServer(Component.MOTO.program(), log);
  }

  static Optional<Path> program() {
    String home = Objects.requireNonNullElse(System.getenv("HOME"), "/");
    String caches =
        Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), Path.of(home, ".cache") + "");
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("DECANT_TEST_MOTO"), ""),
            caches + "/decant-ci/moto-5.2.5/bin/moto_server")
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path log) throws IOException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    close();
    throw new IllegalStateException("moto did not start:\n" + Files.readString(log));
  }

  /** Configures a client of the AWS SDK for this server. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create(endpoint()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** {@code http://127.0.0.1:port}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
