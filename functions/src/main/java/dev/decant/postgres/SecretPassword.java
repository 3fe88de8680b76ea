package dev.decant.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * Finds the password in the bytes of a secret. The secret is the password itself, or a JSON object
 * with the field {@code password}, as RDS writes it.
 */
public final class SecretPassword {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SecretPassword() {}

  /** The password. It is empty if the secret has none. White space around a text is removed. */
  public static String of(byte[] secret) {
    String text = new String(secret, StandardCharsets.UTF_8).strip();
    return text.startsWith("{") ? ofJson(text) : text;
  }

  private static String ofJson(String text) {
    try {
      return JSON.readTree(text).path("password").asText("");
    } catch (JsonProcessingException e) {
      return text; // The text is a password that begins with a brace. The exception would show it.
    }
  }
}
