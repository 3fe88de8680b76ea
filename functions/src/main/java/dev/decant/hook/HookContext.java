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
 * The facts that hooks get about the refresh. {@link #toString()} shows no password.
 *
 * @param target the name of the target
 * @param database the name of the refreshed database in this phase
 * @param owner the role that owns the database; it may be another role than the server's user
 * @param server the server, with the role and the password for a {@code command}
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
   * The server, with sessions that run as the owner. Otherwise the objects of a migration would
   * belong to the role that connects, and the application could not read them.
   */
  private ServerAddress led() {
    Map<String, String> properties = new HashMap<>(server.properties());
    if (!owner.equals(server.user())) {
      // The server splits options at spaces, and a backslash escapes the next character.
      String role = "-c role=" + owner.replaceAll("[\\s\\\\]", "\\\\$0");
      properties.merge("options", role, (given, more) -> given + ' ' + more);
    }
    return server.withProperties(properties);
  }

  /** The event that a Lambda function gets, as the fields of a JSON object. */
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
   * The variables that a program gets. With {@code DATABASE_URL} and libpq's variables, psql and
   * most frameworks connect to the database without further settings.
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

  /** The headers of a request to a URL. */
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
