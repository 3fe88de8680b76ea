package dev.decant.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server that a person works with, and how it was found.
 *
 * @param address of the server
 * @param named what named it: {@code --server}, {@code DATABASE_URL}, {@code PGHOST}, …
 * @param password where its password comes from; empty where libpq's password file, or nothing, has
 *     it
 * @param ours whether decant made the server and its password: then URLs have it, or nobody could
 *     come in
 */
public record FoundServer(
    ServerAddress address, String named, Optional<String> password, boolean ours) {
  /** libpq's variables that lead to a server; some of them count before {@code PGHOST}. */
  private static final Set<String> LEADING =
      Set.of(
          "PGSERVICE",
          "PGSERVICEFILE",
          "PGSYSCONFDIR",
          "PGHOST",
          "PGHOSTADDR",
          "PGPORT",
          "PGUSER",
          "PGPASSWORD",
          "PGDATABASE",
          "PGREQUIRESSL",
          "PGREQUIREPEER",
          "PGTARGETSESSIONATTRS",
          "PGLOADBALANCEHOSTS");

  /** A server of decant's own. */
  public static FoundServer own(ServerAddress address, String named) {
    return new FoundServer(address, named, Optional.empty(), true);
  }

  /**
   * The URL of one of its databases, for {@code .env} and {@code psql}; without a password, unless
   * the server is decant's own.
   */
  public String url(String database) {
    Map<String, String> parameters = ours ? Map.of() : ServerUrl.parameters(address.properties());
    String query =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + '=' + encoded(e.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    return "postgresql://"
        + encoded(address.user())
        + (ours ? ':' + encoded(address.password()) : "")
        + '@'
        + (address.host().contains(":") ? '[' + bareHost() + ']' : address.host())
        + ':'
        + address.port()
        + '/'
        + encoded(database)
        + (query.length() == 1 ? "" : query);
  }

  /** Makes the environment of a process lead to one of its databases, wherever it led before. */
  public void lead(Map<String, String> environment, String database) {
    environment.keySet().removeAll(LEADING);
    environment.keySet().removeAll(ServerUrl.VARIABLES.values());
    environment.put("DATABASE_URL", url(database));
    environment.put("PGHOST", bareHost());
    environment.put("PGPORT", Integer.toString(address.port()));
    environment.put("PGUSER", address.user());
    environment.put("PGDATABASE", database);
    if (!address.password().isEmpty()) {
      environment.put("PGPASSWORD", address.password());
    }
    environment.putAll(ServerUrl.variables(address.properties()));
  }

  /** An IPv6 address without brackets. */
  private String bareHost() {
    return address.host().replaceAll("^\\[|]$", "");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
