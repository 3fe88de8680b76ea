package dev.decant.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses the URL of a proxy. No error shows a part of the URL or has a cause, because the URL may
 * contain a password.
 */
final class ProxyUrl {
  private static final int USUAL_PORT = 80;
  private static final int HIGHEST_PORT = 65_535;

  /** The JDK reads it once. Its default refuses passwords for connections to https URLs. */
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private ProxyUrl() {}

  /**
   * Parses the value of a variable. A value without a scheme is {@code HOST:PORT}.
   *
   * @throws DecantException SETTING_INVALID
   */
  static ProxyRoute parse(String variable, String value) {
    URI uri = uri(variable, value.contains("://") ? value : "http://" + value);
    if ("https".equals(scheme(uri))) {
      throw invalid(variable, "names a proxy that is reached over TLS, which decant does not do");
    }
    if (!"http".equals(scheme(uri)) || uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
      throw invalid(variable, "is not the URL of an HTTP proxy");
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    InetSocketAddress address = InetSocketAddress.createUnresolved(uri.getHost(), port);
    return new ProxyRoute(
        new Proxy(Proxy.Type.HTTP, address), user(variable, uri.getRawUserInfo()), variable);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static URI uri(String variable, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(variable, "is not the URL of an HTTP proxy");
    }
  }

  private static Optional<ProxyUser> user(String variable, @Nullable String userInfo) {
    if (userInfo == null) {
      return Optional.empty();
    }
    if (System.getProperty(TUNNEL_SCHEMES) == null) {
      System.setProperty(TUNNEL_SCHEMES, "");
    }
    if (decoded(userInfo).chars().anyMatch(Character::isISOControl)) {
      throw invalid(variable, "has a control character in its user or password");
    }
    String[] parts = userInfo.split(":", 2);
    ProxyUser user = new ProxyUser(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    return Optional.of(user);
  }

  /** Decodes only the percent signs, as a plus sign stands for itself here. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static DecantException invalid(String variable, String why) {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "The environment variable "
            + variable
            + " "
            + why
            + ". Write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, and encode special"
            + " characters of the user and the password by percent signs.");
  }
}
