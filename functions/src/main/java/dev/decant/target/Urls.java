package dev.decant.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Checks the HTTP URLs of a targets file, and removes secrets from URLs for messages. */
final class Urls {
  private static final int MOST_PORT = 65_535;

  private Urls() {}

  /** An HTTP or HTTPS URL with a host; empty if the text is not such a URL. */
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
      return Optional.empty(); // The exception's message would show the text.
    }
  }

  /**
   * Whether the host of a URL has an underscore. Neither java.net.URI nor Java's HTTP client
   * accepts such a host.
   */
  static boolean hasUnderscore(String url) {
    return url.matches("https?://[^/?#]*_[^/?#]*(?:[/?#].*)?");
  }

  /** The URL without its user, password, query and fragment, which may be secret. */
  static String shown(String url) {
    String bare = url.replaceFirst("[?#].*", "");
    int start = bare.indexOf("://") < 0 ? 0 : bare.indexOf("://") + 3;
    int path = bare.indexOf('/', start);
    int end = bare.lastIndexOf('@', path < 0 ? bare.length() : path);
    return end < start ? bare : bare.substring(0, start) + bare.substring(end + 1);
  }
}
