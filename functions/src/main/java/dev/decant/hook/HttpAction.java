package dev.decant.hook;

import dev.decant.target.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

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
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      int status = status(client, timeout);
      client.shutdownNow();
      if (status == hook.expect()) {
        return "the server answered " + status;
      }
      throw HookFailure.passing("the server answered " + status + " and not " + hook.expect());
    }
  }

  /** The status of the answer. The body is not read, as it may be endless and is never shown. */
  private int status(HttpClient client, Duration timeout) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hook.url().value())).timeout(timeout);
    context.headers().forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (HttpTimeoutException e) {
      throw HookFailure.passing("the server did not answer within " + timeout.toSeconds() + " s");
    } catch (ConnectException e) {
      throw HookFailure.passing("the host cannot be reached");
    } catch (IOException e) {
      throw HookFailure.passing(
          "the server's answer is not HTTP (" + e.getClass().getSimpleName() + ")");
    }
  }
}
