package dev.decant.hook;

import dev.decant.postgres.LibpqVariables;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

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
    return ServerUrl.of(led(), database);
  }

  /**
   * The server, with sessions that are the owner's: what a member of the owner makes would be its
   * own, and the application could not read it.
   */
  private ServerAddress led() {
    Map<String, String> properties = new HashMap<>(server.properties());
    if (!owner.equals(server.user())) {
      // The server cuts options at spaces; a backslash takes the next character as it is.
      String role = "-c role=" + owner.replaceAll("[\\s\\\\]", "\\\\$0");
      properties.merge("options", role, (given, more) -> given + ' ' + more);
    }
    return server.withProperties(properties);
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

  /**
   * What a program is told by its environment; {@code DATABASE_URL} and libpq's variables let psql
   * and most frameworks work as they are.
   */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DECANT_TARGET", target);
    variables.put("DECANT_PHASE", phase.toString());
    variables.put("DECANT_DATABASE", database);
    variables.put("DECANT_DATABASE_URL", databaseUrl());
    variables.put("DECANT_SNAPSHOT", snapshot);
    variables.put("DATABASE_URL", databaseUrl());
    variables.putAll(LibpqVariables.of(led(), database));
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
