package dev.decant.target;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.SecretPassword;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the password of a target's database. No message shows it. */
public final class TargetPassword {
  private TargetPassword() {}

  /**
   * The password of a target. It is empty if the target names no place for it; then libpq's places
   * apply, which are PGPASSWORD and the password file.
   *
   * @param secrets reads a secret by its ARN; its errors pass through
   * @throws DecantException SETTING_INVALID if the place that the target names has no password
   */
  public static Optional<String> of(
      Target target, Map<String, String> environment, Function<String, byte[]> secrets) {
    return target
        .login()
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
      throw missing(target, "The variable " + name + " is not set. Set it to the password.");
    }
    return value;
  }

  /** A secret that RDS manages is a JSON object with a user name and a password. */
  private static String secret(Target target, String arn, Function<String, byte[]> secrets) {
    String password = SecretPassword.of(secrets.apply(arn));
    if (password.isEmpty()) {
      throw missing(
          target,
          "The secret "
              + arn
              + " does not contain one. Store the password as text, or as a JSON object with the"
              + " field \"password\".");
    }
    return password;
  }

  private static DecantException missing(Target target, String what) {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "There is no password for the database of target " + target.name() + ". " + what);
  }
}
