package dev.decant.target;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a Redis server, {@code redis://user:password@host:6379/0} or {@code rediss://…} for a
 * connection with TLS. This class parses it because {@link java.net.URI} does not accept a host
 * with an underscore, and hosts of container networks have such names.
 *
 * @param user empty for the default user
 * @param password empty if the server asks for none
 */
public record RedisUrl(
    boolean encrypted, String user, String password, String host, int port, int database) {
  private static final int PORT = 6379;
  private static final int MOST_PORT = 65_535;
  private static final Pattern URL =
      Pattern.compile(
          "redis(?<s>s?)://(?:(?<user>[^\\s:@/?#]*)(?::(?<password>[^\\s@/?#]*))?@)?"
              + "(?<host>\\[[0-9A-Fa-f:.%]+]|[\\w.-]+)(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[0-9]{1,5})?)?");

  /** Parses a URL; empty if the text is not the URL of a Redis server. */
  public static Optional<RedisUrl> read(String text) {
    Matcher parts = URL.matcher(text);
    if (!parts.matches() || number(parts.group("port"), PORT) > MOST_PORT) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RedisUrl(
              !parts.group("s").isEmpty(),
              decoded(parts.group("user")),
              decoded(parts.group("password")),
              parts.group("host"),
              number(parts.group("port"), PORT),
              number(parts.group("database"), 0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // The exception's message would show the text.
    }
  }

  private static int number(@Nullable String digits, int preset) {
    return digits == null ? preset : Integer.parseInt(digits);
  }

  private static String decoded(@Nullable String text) {
    return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The URL without its user and password. */
  @Override
  public String toString() {
    return (encrypted ? "rediss://" : "redis://") + host + ':' + port + '/' + database;
  }
}
