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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * LocalStack, which offers S3 and Secrets Manager on this machine. Testcontainers runs it if there
 * is a Docker engine. Otherwise it is a process, which {@code .ci/localstack-venv} installs. It is
 * started once for the tests of a JVM and ends with the JVM.
 */
public final class LocalStack {
  /** The last version that needs no licence. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static final List<String> PROPERTIES =
      List.of("aws.endpointUrlS3", "aws.endpointUrlSecretsManager");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static @Nullable LocalStack running;

  private final URI endpoint;
  private final String where;

  private LocalStack(URI endpoint, String where) {
    this.endpoint = endpoint;
    this.where = where;
  }

  /** The server, which the first call starts. The test must have {@link Needs}. */
  public static synchronized LocalStack running() throws IOException, InterruptedException {
    if (running == null) {
      running = hasEngine() ? container() : process(Component.LOCALSTACK.program());
      System.out.println("LocalStack is " + running.where + " at " + running.endpoint);
    }
    return running;
  }

  /** A file that shows that this machine can run LocalStack. */
  static Optional<Path> program() {
    return hasEngine() ? Optional.of(Path.of("docker")) : python();
  }

  private static boolean hasEngine() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  private static LocalStack container() {
    LocalStackContainer container =
        new LocalStackContainer(IMAGE).withServices("s3", "secretsmanager");
    container.start();
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    return new LocalStack(container.getEndpoint(), "a container");
  }

  private static Optional<Path> python() {
    String home = Objects.requireNonNullElse(System.getenv("HOME"), "/");
    String caches =
        Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), Path.of(home, ".cache") + "");
    return Stream.of(Path.of(caches, "decant-ci/localstack-4.14.0/bin/python"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A shell ends the process when the JVM has ended and its standard input is closed. */
  private static LocalStack process(Path python) throws IOException, InterruptedException {
    int port = freePort();
    Path folder = Files.createTempDirectory("localstack");
    Path log = folder.resolve("log");
    String script =
        "folder=$1; shift; \"$@\" & child=$!; read -r _; kill $child; wait; rm -rf \"$folder\"";
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "sh",
                "-c",
                script,
                "sh",
                folder + "",
                python + "",
                "-m",
                "localstack.runtime.main"));
    builder
        .environment()
        .putAll(
            Map.of(
                "OVERRIDE_IN_DOCKER", "0",
                "GATEWAY_SERVER", "hypercorn",
                "GATEWAY_LISTEN", "127.0.0.1:" + port,
                "FILESYSTEM_ROOT", folder.resolve("root") + "",
                "DISABLE_EVENTS", "1",
                "SKIP_SSL_CERT_DOWNLOAD", "1"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers(endpoint)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("LocalStack did not start:\n" + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return new LocalStack(endpoint, "a process");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(URI endpoint) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/_localstack/health")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Lets S3 and Secrets Manager lead to this server while the tests of a class run. */
  public static final class Use implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
      LocalStack server = running();
      PROPERTIES.forEach(name -> System.setProperty(name, server.endpoint.toString()));
      System.setProperty("aws.region", "us-east-1");
      System.setProperty("aws.accessKeyId", "test");
      System.setProperty("aws.secretAccessKey", "test");
    }

    @Override
    public void afterAll(ExtensionContext context) {
      PROPERTIES.forEach(System::clearProperty);
    }
  }

  /** Makes a new, empty bucket and returns its name. */
  public String newBucket() {
    String name = "bucket-" + UUID.randomUUID();
    try (S3Client s3 = client(S3Client.builder().forcePathStyle(true))) {
      s3.createBucket(bucket -> bucket.bucket(name));
    }
    return name;
  }

  /** Configures a client of the AWS SDK for this server. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }
}
