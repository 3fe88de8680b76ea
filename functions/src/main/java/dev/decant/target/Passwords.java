package dev.decant.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the password of a target's database. No message shows it. */
public final class Passwords {
  private Passwords() {}

  /**
   * The password; empty where the target names no place, so libpq's places count.
   *
   * @throws DecantException SETTING_INVALID where the place is empty; errors of Secrets Manager
   */
  public static Optional<String> of(Target target, Map<String, String> environment) {
    return of(target, environment, Secrets::readText);
  }

  static Optional<String> of(
      Target target, Map<String, String> environment, UnaryOperator<String> secrets) {
    return target
        .password()
        .map(
            place ->
                switch (place) {
                  case Target.Password.Variable(String name) -> variable(target, name, environment);
                  case Target.Password.Secret(String arn) -> secret(target, arn, secrets);
                });
  }

  private static String variable(Target target, String name, Map<String, String> environment) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw missing(target, "the variable " + name + " is not set: set it to the password");
    }
    return value;
  }

  /** A secret that RDS manages is JSON with a user and a password. */
  private static String secret(Target target, String arn, UnaryOperator<String> secrets) {
    String text = secrets.apply(arn);
    String password = text.startsWith("{") ? ofJson(text).orElse("") : text;
    if (password.isEmpty()) {
      throw missing(
          target,
          "the secret " + arn + " has none: store the password as text, or as JSON with password");
    }
    return password;
  }

  private static Optional<String> ofJson(String text) {
    try {
      JsonNode password = new ObjectMapper().readTree(text).path("password");
      return Optional.of(password.asText(""));
    } catch (JsonProcessingException e) {
      return Optional.of(text); // its message would show the text: this is a password with a brace
    }
  }

  private static DecantException missing(Target target, String what) {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "There is no password for the database of target " + target.name() + ": " + what + ".");
  }
}
