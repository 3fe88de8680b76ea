package dev.decant.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Checks URLs, and shows them in messages. */
final class Urls {
  private static final int MOST_PORT = 65_535;

  private Urls() {}

  /** A URL of http or https with a host; empty where the text is none. */
  static Optional<URI> web(String text) {
    return uri(text, List.of("http", "https"));
  }

  private static Optional<URI> uri(String text, List<String> schemes) {
    try {
      URI uri = new URI(text);
      return Optional.of(uri)
          .filter(
              u ->
                  u.getHost() != null
                      && u.getPort() <= MOST_PORT
                      && schemes.contains(u.getScheme()));
    } catch (URISyntaxException e) {
      return Optional.empty(); // its message shows the text
    }
  }

  /**
   * Whether the host has an underscore, which neither java.net.URI nor Java's HTTP client takes.
   */
  static boolean hasUnderscore(String url) {
    return url.matches("https?://[^/?#]*_[^/?#]*(?:[/?#].*)?");
  }

  /** Without what may be secret: user and password, query, fragment. */
  static String shown(String url) {
    String bare = url.replaceFirst("[?#].*", "");
    int start = bare.indexOf("://") < 0 ? 0 : bare.indexOf("://") + 3;
    int path = bare.indexOf('/', start);
    int end = bare.lastIndexOf('@', path < 0 ? bare.length() : path);
    return end < start ? bare : bare.substring(0, start) + bare.substring(end + 1);
  }
}
