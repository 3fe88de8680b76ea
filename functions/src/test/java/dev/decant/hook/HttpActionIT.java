package dev.decant.hook;

import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.run;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.target.Hook.Limits;
import dev.decant.target.Hook.OnFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uses a real HTTP server. */
final class HttpActionIT {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private Headers headers = new Headers();

  HttpActionIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Answers 503 the given number of times, and then the given status. */
  private FilledText url(int unavailable, int status) {
    server.createContext(
        "/",
        exchange -> {
          headers = exchange.getRequestHeaders();
          int answer = requests.incrementAndGet() <= unavailable ? 503 : status;
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/health?token=s3cret";
    return FilledText.of(url);
  }

  @Test
  void serverThatComesUpIsWaitedFor() {
    Limits patient = new Limits(7, Duration.ofSeconds(20), Optional.empty(), OnFailure.UNDO);
    HookResult result = run(new Hook.Http(url(3, 200), 200, patient));
    assertThat(result.ok()).isTrue();
    assertThat(result.attempts()).isEqualTo(4);
    assertThat(result.message()).isEqualTo("the server answered 200");
  }

  @Test
  void otherStatusIsAFailureThatNamesBoth() {
    HookResult result = run(new Hook.Http(url(0, 302), 200, retries(1)));
    assertThat(result.ok()).isFalse();
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.message()).isEqualTo("the server answered 302 and not 200");
  }

  @Test
  void statusOfARedirectCanBeExpected() {
    assertThat(run(new Hook.Http(url(0, 302), 302, retries(0))).ok()).isTrue();
  }

  @Test
  void deadlineEndsTheWaiting() {
    Limits short_ = new Limits(7, Duration.ofSeconds(2), Optional.empty(), OnFailure.UNDO);
    HookResult result = run(new Hook.Http(url(1000, 200), 200, short_));
    assertThat(result.ok()).isFalse();
    assertThat(result.attempts()).isBetween(2, 999);
    assertThat(result.duration()).isBetween(Duration.ofMillis(500), Duration.ofMinutes(1));
  }

  @Test
  void serverThatHangsIsAFailure() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      FilledText url =
          FilledText.of("http://127.0.0.1:" + silent.getLocalPort() + "/?token=s3cret");
      HookResult result = run(new Hook.Http(url, 200, within(Duration.ofSeconds(1))));
      assertThat(result.message()).startsWith("the server did not answer within ");
      assertThat(result.duration()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void endlessBodyIsNotRead() {
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[8192];
          while (true) {
            exchange.getResponseBody().write(block); // ends when the client is gone
          }
        });
    server.start();
    FilledText url =
        FilledText.of("http://127.0.0.1:" + server.getAddress().getPort() + "/endless");
    assertThat(run(new Hook.Http(url, 200, within(Duration.ofSeconds(10)))).ok()).isTrue();
  }

  @Test
  void serverThatIsNotThereIsAFailureWithoutTheQuery() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    FilledText url = FilledText.of("http://127.0.0.1:" + port + "/?token=s3cret");
    HookResult result = run(new Hook.Http(url, 200, retries(0)));
    assertThat(result.message()).isEqualTo("the host cannot be reached");
    assertThat(result.description() + result.message()).doesNotContain("s3cret");
  }

  @Test
  void headersTellTheDatabase() {
    run(new Hook.Http(url(0, 200), 200, retries(0)));
    assertThat(headers.getFirst("Decant-Target")).isEqualTo("staging");
    assertThat(headers.getFirst("Decant-Phase")).isEqualTo("migrate");
    assertThat(headers.getFirst("Decant-Database")).isEqualTo("app_next_20260301000000");
    assertThat(headers.values().toString()).doesNotContain(HookFixture.PASSWORD);
  }
}
