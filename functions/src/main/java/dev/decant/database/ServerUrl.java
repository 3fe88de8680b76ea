package dev.decant.database;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code postgresql://user:password@host:port/database?sslmode=…}, libpq's form. A password
 * that it lacks comes from PGPASSWORD, else from the password file (PGPASSFILE, ~/.pgpass). No
 * message shows the text: it may hold a password.
 */
public final class ServerUrl {
  private static final int DEFAULT_PORT = 5432;

  /** libpq's names of what pgjdbc knows under these. */
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

  public static boolean isOne(String spec) {
    return spec.startsWith("postgresql://") || spec.startsWith("postgres://");
  }

  public static ServerAddress parse(String spec, Map<String, String> environment) {
    URI uri = uri(spec);
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String user =
        login.length > 0 && !login[0].isEmpty()
            ? decoded(login[0])
            : environment.getOrDefault("PGUSER", System.getProperty("user.name", "postgres"));
    String password =
        login.length > 1 ? decoded(login[1]) : environment.getOrDefault("PGPASSWORD", "");
    String path = uri.getRawPath() == null ? "" : decoded(uri.getRawPath().replaceFirst("^/", ""));
    return new ServerAddress(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        user,
        password,
        path.isEmpty() ? user : path,
        properties(uri.getRawQuery()));
  }

  /** The URL of one of a server's databases, without a password. */
  public static String of(ServerAddress server, String database) {
    return written(server, database, "", parameters(server.properties()));
  }

  /** As {@link #of}, with the password, for a server that decant made. */
  static String withPassword(ServerAddress server, String database) {
    return written(server, database, ':' + encoded(server.password()), Map.of());
  }

  private static String written(
      ServerAddress server, String database, String password, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + '=' + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    String host = server.bareHost();
    return "postgresql://"
        + encoded(server.user())
        + password
        + '@'
        + (host.contains(":") ? '[' + host + ']' : host)
        + ':'
        + server.port()
        + '/'
        + encoded(database)
        + (query.isEmpty() ? "" : '?' + query);
  }

  /** Properties of a server's address by libpq's names, as URLs have them. */
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
      // Told below.
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID, "'" + text + "' is no port; give a number from 1 to 65535");
  }

  private static URI uri(String spec) {
    try {
      URI uri = new URI(spec);
      if (isOne(spec) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message shows the text.
    }
    throw notOne();
  }

  static DecantException notOne() {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "not the URL of a PostgreSQL server: write"
            + " postgresql://user@host:port/database with special characters percent-encoded"
            + " (what was given is not shown: it may hold a password)");
  }

  private static Map<String, String> properties(@Nullable String query) {
    Map<String, String> properties = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        String property = PROPERTIES.get(parts[0]);
        if (property == null || parts.length < 2) {
          throw unknownParameter();
        }
        properties.put(property, decoded(parts[1]));
      }
    }
    return properties;
  }

  static DecantException unknownParameter() {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "unknown parameter in the URL of the server; known are "
            + String.join(", ", PROPERTIES.keySet().stream().sorted().toList()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
