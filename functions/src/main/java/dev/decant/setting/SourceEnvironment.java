package dev.decant.setting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The variables of libpq for a live database that is the source of a command. */
public final class SourceEnvironment {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SourceEnvironment() {}

  /**
   * The environment with the password, and the user if there is one, from the secret that the
   * settings name, and with the certificates that they name. If they name certificates, connections
   * check the certificate and the name of the server, unless the environment has another sslmode.
   * The URL of the source takes precedence over all of them. If the source is no live database, no
   * secret is read.
   *
   * @param secrets reads the bytes of a secret of Secrets Manager
   */
  public static Map<String, String> of(
      Settings settings,
      Map<String, String> environment,
      Function<String, byte[]> secrets,
      String source) {
    if (!ServerUrl.isOne(source)) {
      return environment;
    }
    Map<String, String> variables = new HashMap<>(environment);
    settings
        .value(Setting.SOURCE_PASSWORD_SECRET)
        .ifPresent(name -> putLogin(secrets.apply(name), variables));
    settings
        .path(Setting.SOURCE_SSLROOTCERT)
        .ifPresent(
            file -> {
              variables.put("PGSSLROOTCERT", file.toString());
              variables.putIfAbsent("PGSSLMODE", "verify-full");
            });
    return variables;
  }

  /** The fields of a JSON object, as RDS writes it, or else the whole text as the password. */
  private static void putLogin(byte[] secret, Map<String, String> variables) {
    String text = new String(secret, UTF_8).strip();
    JsonNode fields = fields(text);
    String password = fields.isObject() ? fields.path("password").asText("") : text;
    if (password.isEmpty()) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The secret of DECANT_SOURCE_PASSWORD_SECRET has no password. It must be the password"
              + " itself, or a JSON object with the field \"password\".");
    }
    variables.put("PGPASSWORD", password);
    String user = fields.path("username").asText("");
    if (!user.isEmpty()) {
      variables.put("PGUSER", user);
    }
  }

  /** The JSON object, or nothing for a password that is not one. */
  private static JsonNode fields(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // the exception's message would show the secret
    }
  }
}
