package dev.decant.hook;

import dev.decant.database.ServerAddress;
import dev.decant.database.ServerUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What hooks are told. {@link #toString()} shows no password.
 *
 * @param target its name
 * @param database the name that the refreshed database has in this phase
 * @param owner the role that the database belongs to; not always the server's user
 * @param server where it is, and as whom a {@code command} may come
 * @param snapshot {@code SERVICE/ENVIRONMENT/NAME}
 */
public record HookContext(
    String target,
    Phase phase,
    String database,
    String owner,
    ServerAddress server,
    String snapshot) {

  /** {@code postgresql://user@host:port/database?sslmode=…}, without a password. */
  public String databaseUrl() {
    String host = server.host().contains(":") ? bracketed() : server.host();
    String url = "postgresql://" + encoded(server.user()) + '@' + host + ':' + server.port() + '/';
    String query =
        ServerUrl.parameters(properties()).entrySet().stream()
            .map(each -> each.getKey() + '=' + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return url + encoded(database) + (query.isEmpty() ? "" : '?' + query);
  }

  /**
   * The server's, and that sessions are the owner's: what a member of the owner makes would be its
   * own, and the application could not read it.
   */
  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(server.properties());
    if (!owner.equals(server.user())) {
      // The server cuts options at spaces; a backslash takes the next character as it is.
      String role = "-c role=" + owner.replaceAll("[\\s\\\\]", "\\\\$0");
      properties.merge("options", role, (given, more) -> given + ' ' + more);
    }
    return properties;
  }

  private String bracketed() {
    return server.host().startsWith("[") ? server.host() : '[' + server.host() + ']';
  }

  /** What a function is told, as JSON's names and values. */
  Map<String, Object> payload() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("target", target);
    payload.put("phase", phase.toString());
    payload.put("database", database);
    payload.put("databaseUrl", databaseUrl());
    payload.put("host", server.host());
    payload.put("port", server.port());
    payload.put("user", server.user());
    payload.put("owner", owner);
    payload.put("snapshot", snapshot);
    return payload;
  }

  /** What a program is told by its environment; libpq's variables let psql work as it is. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DECANT_TARGET", target);
    variables.put("DECANT_PHASE", phase.toString());
    variables.put("DECANT_DATABASE", database);
    variables.put("DECANT_DATABASE_URL", databaseUrl());
    variables.put("DECANT_SNAPSHOT", snapshot);
    variables.put("PGHOST", server.host());
    variables.put("PGPORT", String.valueOf(server.port()));
    variables.put("PGUSER", server.user());
    variables.put("PGDATABASE", database);
    if (!server.password().isEmpty()) {
      variables.put("PGPASSWORD", server.password());
    }
    variables.putAll(ServerUrl.variables(properties()));
    return variables;
  }

  /** What a URL is told by headers. */
  Map<String, String> headers() {
    return Map.of(
        "Decant-Target", encoded(target),
        "Decant-Phase", phase.toString(),
        "Decant-Database", encoded(database),
        "Decant-Owner", encoded(owner));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
