package dev.decant.aws;

import dev.decant.error.DecantException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the variables {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} name.
 * They are read as the AWS CLI reads them: the scheme of a URL chooses the variable, and a variable
 * in lower case takes precedence over that in upper case.
 */
public final class EnvironmentProxies {
  private final Map<String, ProxyRoute> byScheme;
  private final List<String> direct;

  private EnvironmentProxies(Map<String, ProxyRoute> byScheme, List<String> direct) {
    this.byScheme = byScheme;
    this.direct = direct;
  }

  /**
   * Reads the variables of the process.
   *
   * @throws DecantException SETTING_INVALID; the message names the variable and not its value
   */
  public static EnvironmentProxies ofProcess() {
    return of(System.getenv());
  }

  static EnvironmentProxies of(Map<String, String> environment) {
    Map<String, ProxyRoute> byScheme = new HashMap<>();
    for (String scheme : List.of("http", "https")) {
      String variable = variable(environment, scheme + "_proxy");
      String value = value(environment, variable);
      if (!value.isEmpty()) {
        byScheme.put(scheme, ProxyUrl.parse(variable, value));
      }
    }
    String hosts = value(environment, variable(environment, "no_proxy"));
    return new EnvironmentProxies(
        Map.copyOf(byScheme),
        Stream.of(hosts.split("[,\\s]+", -1)).filter(host -> !host.isEmpty()).toList());
  }

  private static String variable(Map<String, String> environment, String lower) {
    return environment.containsKey(lower) ? lower : lower.toUpperCase(Locale.ROOT);
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  /**
   * The way to the host of a URL. It is empty if no variable names a proxy for the scheme; then the
   * system properties of Java apply.
   */
  public Optional<ProxyRoute> route(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(byScheme.get(scheme))
        .map(proxied -> isDirect(uri) ? ProxyRoute.DIRECT : proxied);
  }

  private boolean isDirect(URI uri) {
    String host = plain(String.valueOf(uri.getHost()));
    String withPort = host + ':' + uri.getPort();
    return direct.stream()
        .map(EnvironmentProxies::plain)
        .anyMatch(entry -> matches(host, entry) || matches(withPort, entry));
  }

  /** Without the brackets of an IPv6 address and without the beginning of {@code *.domain}. */
  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "").replaceAll("[\\[\\]]", "");
  }

  private static boolean matches(String host, String entry) {
    return entry.equals("*") || host.equals(entry) || host.endsWith("." + entry);
  }
}
