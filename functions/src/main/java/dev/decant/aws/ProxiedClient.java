package dev.decant.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP client whose errors name the proxy, if a request was sent through one. */
record ProxiedClient(SdkHttpClient client, EnvironmentProxies proxies) implements SdkHttpClient {
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    String words = proxies.route(request.httpRequest().getUri()).map(ProxyRoute::words).orElse("");
    return words.isEmpty() ? prepared : new Proxied(prepared, words);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }

  private record Proxied(ExecutableHttpRequest request, String words)
      implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      try {
        return request.call();
      } catch (UncheckedIOException e) {
        throw new ProxyFailure(words, Objects.requireNonNull(e.getCause()));
      } catch (IOException e) {
        throw new ProxyFailure(words, e);
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }

  /** The failure of a request that was sent through a proxy. */
  private static final class ProxyFailure extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyFailure(String words, IOException cause) {
      super(words, cause);
    }
  }

  /** The words about the proxy that the failed request was sent through; empty if there is none. */
  static Optional<String> words(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProxyFailure) {
        return Optional.ofNullable(t.getMessage());
      }
    }
    return Optional.empty();
  }
}
