package dev.decant.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.testing.ConnectProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs hooks in processes of their own, whose environment names a real proxy. */
final class HookProxyIT {
  private final ConnectProxy proxy = new ConnectProxy();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

  HookProxyIT() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    proxy.close();
  }

  /** Prints the problem of the check, and the message of the hook. */
  static final class Child {
    private Child() {}

    @SuppressWarnings("SystemOut") // The test reads it.
    public static void main(String[] arguments) {
      Hook.Http hook = new Hook.Http(FilledText.of(arguments[0]), 200, HookFixture.retries(0));
      System.out.println(ReachabilityCheck.problem(hook).orElse("reachable"));
      System.out.println(HookFixture.run(hook).message());
    }
  }

  private String run(String url, Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            url);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("s3cret");
    return output;
  }

  private String proxyUrl() {
    return "http://me:s3cret@127.0.0.1:" + proxy.port();
  }

  private String serverUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
  }

  @Test
  void tlsGoesThroughATunnelWithTheCredentials() throws Exception {
    String output =
        run("https://health.invalid/", Map.of("https_proxy", proxyUrl(), "no_proxy", ""));
    assertThat(output).startsWith("reachable\n");
    assertThat(proxy.heads())
        .anySatisfy(
            head ->
                assertThat(head)
                    .startsWith("CONNECT health.invalid:443 ")
                    .containsIgnoringCase("Proxy-Authorization: Basic bWU6czNjcmV0"));
  }

  @Test
  void plainRequestsGoThroughHttpProxy() throws Exception {
    String output = run(serverUrl(), Map.of("http_proxy", proxyUrl(), "no_proxy", ""));
    assertThat(output).isEqualTo("reachable\nthe server answered 200\n");
    assertThat(proxy.heads()).anyMatch(head -> head.startsWith("GET " + serverUrl()));
  }

  @Test
  void hostsOfNoProxyAreReachedDirectly() throws Exception {
    String output = run(serverUrl(), Map.of("http_proxy", proxyUrl(), "no_proxy", "127.0.0.1"));
    assertThat(output).isEqualTo("reachable\nthe server answered 200\n");
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void proxyThatDoesNotAnswerIsNamedWithItsVariable() throws Exception {
    assertThat(run(serverUrl(), Map.of("http_proxy", "http://me:s3cret@127.0.0.1:1")).lines())
        .filteredOn(
            line ->
                line.contains(
                    "host cannot be reached through the proxy 127.0.0.1:1 of the environment"
                        + " variable http_proxy"))
        .hasSize(2);
  }

  @Test
  void malformedProxyFailsTheCheckAndTheHook() throws Exception {
    assertThat(run(serverUrl(), Map.of("http_proxy", "ftp://me:s3cret@proxy")).lines())
        .filteredOn(line -> line.contains("The environment variable http_proxy is not"))
        .hasSize(2);
  }
}
