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

/** Asks a URL. Redirects are not followed: their status is one to expect. */
final class HttpAction implements Action {
  /** A server that hangs must not take the time of the attempts after it. */
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
        return "answered " + status;
      }
      throw HookFailure.passing("answered " + status + " in place of " + hook.expect());
    }
  }

  /** The body is not read: it may be endless, and says nothing that may be shown. */
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
      throw HookFailure.passing("no answer in " + timeout.toSeconds() + " s");
    } catch (ConnectException e) {
      throw HookFailure.passing("the host cannot be reached");
    } catch (IOException e) {
      throw HookFailure.passing("no answer of HTTP (" + e.getClass().getSimpleName() + ")");
    }
  }
}
