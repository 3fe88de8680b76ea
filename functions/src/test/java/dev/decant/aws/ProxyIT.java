package dev.decant.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.decant.testing.ConnectProxy;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command line in processes of their own, whose environment names a real proxy. */
final class ProxyIT {
  private static final String PASSWORD = "Basic bWU6czNjcmV0";

  @TempDir Path folder;
  private final S3Server s3 = S3Server.running();
  private final String bucket = s3.newBucket();
  private final ConnectProxy proxy = new ConnectProxy();

  ProxyIT() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private String proxyUrl() {
    return "http://me:s3cret@127.0.0.1:" + proxy.port();
  }

  /** Lists the snapshots of the bucket. Returns the exit code and all output. */
  private String list(Map<String, String> environment, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.decant.cli.Main", "list", "--from", "s3://" + bucket + "/x"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
    variables.keySet().removeIf(name -> name.startsWith("AWS_"));
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("DECANT_LOG", "debug");
    variables.putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(output).doesNotContain("s3cret").doesNotContain(PASSWORD);
    return process.waitFor() + "\n" + output;
  }

  @Test
  void plainRequestsGoThroughHttpProxy() throws Exception {
    String output = list(Map.of("AWS_ENDPOINT_URL", s3.endpoint(), "http_proxy", proxyUrl()));
    assertThat(output).startsWith("0\nThere are no snapshots");
    assertThat(proxy.heads()).isNotEmpty();
    assertThat(proxy.heads().getLast())
        .startsWith("GET " + s3.endpoint() + "/" + bucket)
        .containsIgnoringCase("Proxy-Authorization: " + PASSWORD);
  }

  @Test
  void hostsOfNoProxyAreReachedDirectly() throws Exception {
    String output =
        list(
            Map.of(
                "AWS_ENDPOINT_URL",
                s3.endpoint(),
                "HTTP_PROXY",
                proxyUrl(),
                "NO_PROXY",
                ".example.com,127.0.0.1"));
    assertThat(output).startsWith("0\nThere are no snapshots");
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void tlsGoesThroughATunnelOfHttpsProxyThatIsNotHttpProxy() throws Exception {
    Path keys = keys();
    HttpsServer tls = tls(keys);
    try {
      String output =
          list(
              Map.of(
                  "AWS_ENDPOINT_URL",
                  "https://127.0.0.1:" + tls.getAddress().getPort(),
                  "HTTPS_PROXY",
                  proxyUrl(),
                  "HTTP_PROXY",
                  "http://127.0.0.1:1"),
              "-Djavax.net.ssl.trustStore=" + keys,
              "-Djavax.net.ssl.trustStorePassword=password");
      assertThat(output).startsWith("0\nThere are no snapshots");
      assertThat(proxy.heads()).isNotEmpty();
      assertThat(proxy.heads().getLast())
          .startsWith("CONNECT 127.0.0.1:" + tls.getAddress().getPort() + " ")
          .containsIgnoringCase("Proxy-Authorization: " + PASSWORD)
          .doesNotContain(bucket);
    } finally {
      tls.stop(0);
    }
  }

  @Test
  void credentialsOfSsoComeThroughTheProxy() throws Exception {
    Files.createDirectories(folder.resolve(".aws/sso/cache"));
    String start = "https://company.awsapps.com/start";
    Files.writeString(
        folder.resolve("config"),
        "[profile p]\nsso_start_url = "
            + start
            + "\nsso_region = us-east-1\n"
            + "sso_account_id = 111122223333\nsso_role_name = reader\n");
    String name =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-1").digest(start.getBytes(UTF_8)));
    Files.writeString(
        folder.resolve(".aws/sso/cache/" + name + ".json"),
        "{\"accessToken\":\"t\",\"expiresAt\":\"2099-01-01T00:00:00Z\",\"region\":\"us-east-1\","
            + "\"startUrl\":\""
            + start
            + "\"}");
    list(
        Map.of(
            "HOME", folder.toString(),
            "AWS_CONFIG_FILE", folder.resolve("config").toString(),
            "AWS_PROFILE", "p",
            "AWS_ACCESS_KEY_ID", "",
            "AWS_SECRET_ACCESS_KEY", "",
            "AWS_EC2_METADATA_DISABLED", "true",
            "HTTPS_PROXY", proxyUrl()),
        "-Duser.home=" + folder);
    assertThat(proxy.heads())
        .anyMatch(head -> head.startsWith("CONNECT portal.sso.us-east-1.amazonaws.com:443 "));
  }

  @Test
  void proxyThatDoesNotAnswerIsNamedWithItsVariable() throws Exception {
    String output =
        list(
            Map.of("AWS_ENDPOINT_URL", s3.endpoint(), "http_proxy", "http://me:s3cret@127.0.0.1:1"),
            "-Daws.maxAttempts=1");
    assertThat(output)
        .startsWith("14\n")
        .contains(
            "could not be reached through the proxy 127.0.0.1:1 of the environment variable"
                + " http_proxy: ",
            "NO_PROXY");
  }

  @Test
  void proxyThatDemandsAUserIsNamedWithItsVariable() throws Exception {
    String plain = "http://127.0.0.1:" + proxy.port();
    String output = list(Map.of("AWS_ENDPOINT_URL", s3.endpoint(), "HTTP_PROXY", plain));
    assertThat(output).startsWith("14\n").contains("The proxy on the way to s3://", "HTTP_PROXY");
    String tunnel = list(Map.of("AWS_ENDPOINT_URL", "https://127.0.0.1:9", "HTTPS_PROXY", plain));
    assertThat(tunnel)
        .startsWith("14\n")
        .contains("through the proxy 127.0.0.1:" + proxy.port(), "HTTPS_PROXY", "407");
  }

  @Test
  void malformedProxyIsASettingError() throws Exception {
    String output =
        list(Map.of("AWS_ENDPOINT_URL", s3.endpoint(), "HTTP_PROXY", "http://me:s3cret@@proxy:1"));
    assertThat(output).startsWith("2\n").contains("The environment variable HTTP_PROXY is not");
  }

  private Path keys() throws Exception {
    Path keys = folder.resolve("keys.p12");
    String command =
        "bin/keytool -genkeypair -alias store -keyalg EC -dname CN=store -ext san=ip:127.0.0.1"
            + " -validity 2 -storetype PKCS12 -storepass password -keystore "
            + keys;
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.set(0, Path.of(System.getProperty("java.home"), words.getFirst()).toString());
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    return keys;
  }

  /** The S3 server behind TLS. It passes on GET requests, which are all that the list needs. */
  private HttpsServer tls(Path file) throws Exception {
    char[] password = "password".toCharArray();
    KeyStore keys = KeyStore.getInstance(file.toFile(), password);
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer server = HttpsServer.create(any, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          try (exchange;
              HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(s3.endpoint() + exchange.getRequestURI());
            HttpResponse<InputStream> answer =
                client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            answer.body().transferTo(exchange.getResponseBody());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    return server;
  }
}
