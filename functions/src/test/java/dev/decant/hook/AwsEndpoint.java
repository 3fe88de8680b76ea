package dev.decant.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as one service of AWS does, and remembers what it was asked. */
public final class AwsEndpoint implements AutoCloseable {
  /** A request that the server got. */
  public record Request(String path, String target, String authorization, String body) {}

  /** An answer of the server: a status, the name of an error or an empty text, and a body. */
  public record Answer(int status, String functionError, String body) {}

  /** Makes the answers of the service. */
  public interface Service {
    Answer answer(Request request);
  }

  public final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final String property;
  private final Service service;

  public AwsEndpoint(String property, Service service) throws IOException {
    this.property = property;
    this.service = service;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    System.setProperty(property, "http://127.0.0.1:" + server.getAddress().getPort());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  private void answer(HttpExchange exchange) throws IOException {
    Request request =
        new Request(
            exchange.getRequestURI().getRawPath(),
            header(exchange, "X-Amz-Target"),
            header(exchange, "Authorization"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    requests.add(request);
    Answer answer = service.answer(request);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    if (!answer.functionError().isEmpty()) {
      exchange.getResponseHeaders().add("X-Amz-Function-Error", answer.functionError());
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    System.clearProperty(property);
  }
}
