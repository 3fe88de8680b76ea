package dev.decant.hook;

import dev.decant.aws.EnvironmentProxies;
import dev.decant.aws.ProxyRoute;
import dev.decant.aws.ProxyUser;
import dev.decant.error.DecantException;
import dev.decant.target.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a GET request to a URL. Redirects are not followed, so that a hook can expect the status of
 * a redirect.
 */
final class HttpAction implements Action {
  /** A server that does not answer must not take the time of further attempts. */
  private static final Duration MOST_PER_ATTEMPT = Duration.ofSeconds(30);

  private final Hook.Http hook;
  private final HookContext context;

  HttpAction(Hook.Http hook, HookContext context) {
    this.hook = hook;
    this.context = context;
  }

  @Override
  public String attempt(Deadline deadline) throws InterruptedException {
    Duration timeout = deadline.left(MOST_PER_ATTEMPT);
    URI uri = URI.create(hook.url().value());
    Optional<ProxyRoute> route = route(uri);
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
    route.map(HttpAction::selector).ifPresent(builder::proxy);
    try (HttpClient client = builder.build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
      context.headers().forEach(request::header);
      route
          .flatMap(ProxyRoute::user)
          .ifPresent(user -> request.header(ProxyUser.HEADER, user.header()));
      int status =
          status(client, request.build(), timeout, route.map(ProxyRoute::words).orElse(""));
      client.shutdownNow();
      if (status == hook.expect()) {
        return "the server answered " + status;
      }
      throw HookFailure.passing("the server answered " + status + " and not " + hook.expect());
    }
  }

  /**
   * The way to a URL by the proxies of the environment.
   *
   * @throws HookFailure if a variable does not name a proxy
   */
  static Optional<ProxyRoute> route(URI uri) {
    try {
      return EnvironmentProxies.ofProcess().route(uri);
    } catch (DecantException e) {
      throw HookFailure.lasting(String.valueOf(e.getMessage()));
    }
  }

  /** The address of {@link Proxy#NO_PROXY} is null, by which a selector uses no proxy. */
  private static ProxySelector selector(ProxyRoute route) {
    return ProxySelector.of((InetSocketAddress) route.proxy().address());
  }

  /** The status of the answer. The body is not read, as it may be endless and is never shown. */
  private static int status(HttpClient client, HttpRequest request, Duration timeout, String proxy)
      throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (HttpTimeoutException e) {
      throw HookFailure.passing("the server did not answer within " + timeout.toSeconds() + " s");
    } catch (ConnectException e) {
      throw HookFailure.passing("the host cannot be reached" + proxy);
    } catch (IOException e) {
      throw HookFailure.passing(
          "the server's answer is not HTTP (" + e.getClass().getSimpleName() + ")");
    }
  }
}
