package dev.decant.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Builds the HTTP clients of all AWS clients. They use the proxies of the environment. The SDK's
 * own proxy settings do not serve, because one client of it takes its proxy from only one of {@code
 * HTTP_PROXY} and {@code HTTPS_PROXY}, whatever the scheme of the URL is.
 */
public final class AwsHttp implements SdkHttpClient.Builder<AwsHttp> {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  static {
    // The SDK makes clients of its own to get credentials, for example from SSO and STS.
    System.setProperty("software.amazon.awssdk.http.service.impl", ForCredentials.class.getName());
  }

  private final EnvironmentProxies proxies = EnvironmentProxies.ofProcess();
  private final Duration connectTimeout;
  private final Duration readTimeout;

  private AwsHttp(Duration connectTimeout, Duration readTimeout) {
    this.connectTimeout = connectTimeout;
    this.readTimeout = readTimeout;
  }

  /** A builder with decant's usual time-outs, for services whose answers are short. */
  public static AwsHttp usual() {
    return within(CONNECT_TIMEOUT, READ_TIMEOUT);
  }

  /**
   * A builder with time-outs. The SDK closes what it builds together with the client of the
   * service.
   *
   * @throws dev.decant.error.DecantException SETTING_INVALID if a variable does not name a proxy
   */
  public static AwsHttp within(Duration connectTimeout, Duration readTimeout) {
    return new AwsHttp(connectTimeout, readTimeout);
  }

  @Override
  public SdkHttpClient buildWithDefaults(AttributeMap ignored) {
    return new ProxiedClient(UrlConnectionHttpClient.create(this::connection), proxies);
  }

  /**
   * The words about the proxy that a failed request was sent through, which follow the words about
   * the failure. An empty string if there was no proxy.
   */
  public static String proxyOf(Throwable failure) {
    return ProxiedClient.words(failure).orElse("");
  }

  private HttpURLConnection connection(URI uri) {
    try {
      Optional<ProxyRoute> route = proxies.route(uri);
      HttpURLConnection connection =
          (HttpURLConnection)
              (route.isPresent()
                  ? uri.toURL().openConnection(route.get().proxy())
                  : uri.toURL().openConnection());
      route.flatMap(ProxyRoute::user).ifPresent(user -> authorize(connection, user));
      connection.setConnectTimeout(millis(connectTimeout));
      connection.setReadTimeout(millis(readTimeout));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The JDK takes no header for a CONNECT request from its caller, but asks the authenticator. It
   * does not ask it for a streamed upload without TLS, which therefore needs the header.
   */
  private static void authorize(HttpURLConnection connection, ProxyUser user) {
    if (connection instanceof HttpsURLConnection) {
      connection.setAuthenticator(user);
    } else {
      connection.setRequestProperty(ProxyUser.HEADER, user.header());
    }
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  /**
   * Builds the clients that the SDK makes itself. The SDK creates it by its name, so it is public.
   */
  public static final class ForCredentials implements SdkHttpService {
    @Override
    public SdkHttpClient.Builder<?> createHttpClientBuilder() {
      return usual();
    }
  }
}
