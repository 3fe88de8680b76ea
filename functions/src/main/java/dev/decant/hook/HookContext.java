package dev.decant.hook;

import dev.decant.database.ServerAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What hooks are told. {@link #toString()} shows no password.
 *
 * @param target its name
 * @param database the name that the refreshed database has in this phase
 * @param server where it is, and as whom a {@code command} may come
 * @param snapshot {@code SERVICE/ENVIRONMENT/NAME}
 */
public record HookContext(
    String target, Phase phase, String database, ServerAddress server, String snapshot) {

  /** {@code postgresql://user@host:port/database}, without a password. */
  public String databaseUrl() {
    String host = server.host().contains(":") ? bracketed() : server.host();
    String url = "postgresql://" + encoded(server.user()) + '@' + host + ':' + server.port() + '/';
    String mode = server.properties().get("sslmode");
    return url + encoded(database) + (mode == null ? "" : "?sslmode=" + encoded(mode));
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
    String mode = server.properties().get("sslmode");
    if (mode != null) {
      variables.put("PGSSLMODE", mode);
    }
    return variables;
  }

  /** What a URL is told by headers. */
  Map<String, String> headers() {
    return Map.of(
        "Decant-Target", encoded(target),
        "Decant-Phase", phase.toString(),
        "Decant-Database", encoded(database));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
