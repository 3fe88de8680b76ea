package dev.decant.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * An S3 API without conditional writes: a proxy in front of {@link S3Server} that removes the
 * conditions of writes, or refuses such writes, as some S3-compatible stores do.
 */
public final class UnconditionalS3 implements AutoCloseable {
  private static final Set<String> CONDITIONS = Set.of("if-none-match", "if-match");
  private static final Set<String> OWN =
      Set.of("host", "content-length", "connection", "expect", "transfer-encoding");
  private static final String NOT_IMPLEMENTED =
      "<Error><Code>NotImplemented</Code><Message>A header implies functionality that is not"
          + " implemented.</Message></Error>";

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final boolean refuses;

  /**
   * Starts the proxy.
   *
   * @param refuses whether a write with a condition is answered by 501; otherwise the condition is
   *     ignored
   */
  public UnconditionalS3(boolean refuses) throws IOException {
    this.refuses = refuses;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean write = exchange.getRequestMethod().equals("PUT");
      boolean conditional =
          exchange.getRequestHeaders().keySet().stream().anyMatch(UnconditionalS3::isCondition);
      if (write && conditional && refuses) {
        answer(exchange, 501, NOT_IMPLEMENTED.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return;
      }
      HttpResponse<byte[]> response = client.send(request(exchange, body), ofBytes());
      Headers headers = exchange.getResponseHeaders();
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, values);
                }
              });
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpResponse.BodyHandler<byte[]> ofBytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private static HttpRequest request(HttpExchange exchange, byte[] body) {
    String method = exchange.getRequestMethod();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(S3Server.running().endpoint() + exchange.getRequestURI()))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              boolean dropped = method.equals("PUT") && isCondition(name);
              if (!dropped && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static boolean isCondition(String header) {
    return CONDITIONS.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
