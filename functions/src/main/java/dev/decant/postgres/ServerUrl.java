package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads and writes libpq's URLs, {@code postgresql://user:password@host:port/database?sslmode=…}.
 * No message shows a URL, because it may hold a password.
 */
public final class ServerUrl {
  /** pgjdbc's names of connection properties, by the names that libpq has for them. */
  static final Map<String, String> PROPERTIES =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "application_name", "ApplicationName",
          "options", "options");

  private ServerUrl() {}

  /** Whether a text has the scheme of such a URL. */
  public static boolean isOne(String spec) {
    return spec.startsWith("postgresql://") || spec.startsWith("postgres://");
  }

  /**
   * The server of a URL. Parts that the URL does not have come from libpq's variables in an
   * environment, from the password file, and from psql's defaults.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID}
   */
  public static ServerAddress parse(String spec, Map<String, String> environment) {
    return new ServerFinder(environment, home(environment)).ofUrl(spec, true, "the URL").address();
  }

  /**
   * The server of a URL that names the user, the host and the database. Only the password comes
   * from the environment, and nothing that could lead to another server.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID}
   */
  public static ServerAddress parseComplete(String spec, Map<String, String> environment) {
    if (!isComplete(spec)) {
      throw notOne();
    }
    Map<String, String> ofPassword = new HashMap<>(environment);
    ofPassword.keySet().retainAll(Set.of("PGPASSWORD", "PGPASSFILE", "HOME"));
    return parse(spec, ofPassword);
  }

  /** Whether a text is a URL that names the user, the host and the database. */
  public static boolean isComplete(String spec) {
    try {
      Map<String, String> parameters = UrlParameters.read(spec, false);
      int _ = port(parameters.getOrDefault("port", "5432"));
      return parameters.keySet().containsAll(Set.of("user", "host", "dbname"));
    } catch (DecantException e) {
      return false;
    }
  }

  /**
   * Checks that a URL has only known parameters and one host. No file is read.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID}
   */
  public static void check(String spec) {
    Map<String, String> parameters = UrlParameters.read(spec, true);
    ServerFinder.requireOneHost(parameters.getOrDefault("host", ""), "the URL");
  }

  /**
   * The URL with a password. The caller must not show it.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID} if the text is no URL of a server, or
   *     if it has a password already
   */
  public static String withPassword(String spec, String password) {
    if (UrlParameters.read(spec, true).containsKey("password")) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The URL of the server has a password, and a secret with its password is set, too. Remove"
              + " the password from the URL.");
    }
    return spec + (spec.contains("?") ? '&' : '?') + "password=" + encoded(password);
  }

  private static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
  }

  /** The URL of one of a server's databases, without a password. */
  public static String of(ServerAddress server, String database) {
    return written(server, database, "", parameters(server.properties()));
  }

  /** As {@link #of}, but with the password. It is for servers that decant made. */
  static String withPassword(ServerAddress server, String database) {
    return written(server, database, ':' + encoded(server.password()), Map.of());
  }

  private static String written(
      ServerAddress server, String database, String password, Map<String, String> parameters) {
    SortedMap<String, String> all = new TreeMap<>(parameters);
    if (server.isSocket()) {
      all.put("host", server.host());
    }
    String query =
        all.entrySet().stream()
            .map(each -> each.getKey() + '=' + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return "postgresql://"
        + encoded(server.user())
        + password
        + '@'
        + (server.isSocket() ? ":" + server.port() : server.place())
        + '/'
        + encoded(database)
        + (query.isEmpty() ? "" : '?' + query);
  }

  /** The properties of a server's address by the names that libpq and its URLs have for them. */
  static SortedMap<String, String> parameters(Map<String, String> properties) {
    SortedMap<String, String> parameters = new TreeMap<>();
    PROPERTIES.forEach(
        (name, property) -> {
          String value = properties.get(property);
          if (value != null) {
            parameters.put(name, value);
          }
        });
    return parameters;
  }

  static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    } catch (NumberFormatException e) {
      // The error below reports it.
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID,
        "'" + text + "' is not the port of a server. Give a number from 1 to 65535.");
  }

  static DecantException notOne() {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "This is not the URL of a PostgreSQL server. Its text is not shown because it may hold a"
            + " password. Write postgresql://user@host:port/database with special characters"
            + " percent-encoded.");
  }

  static DecantException unknownParameter() {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "The URL of the server has a parameter that decant does not know. Use only these: "
            + String.join(", ", PROPERTIES.keySet().stream().sorted().toList())
            + '.');
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
