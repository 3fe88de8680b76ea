package dev.decant.setting;

import dev.decant.postgres.SecretPassword;
import dev.decant.postgres.ServerUrl;
import java.util.Optional;
import java.util.function.Function;

/** The scratch server of the settings, with the password that a secret holds. */
public final class ScratchUrl {
  private ScratchUrl() {}

  /**
   * {@code embedded}, or the URL of a server. The URL may hold a password, so it must not be shown.
   * Without the setting of a secret, libpq's places of passwords apply.
   *
   * @param secrets reads a secret by its ARN or name; its errors pass through
   * @throws dev.decant.error.DecantException SETTING_INVALID if the secret has no password
   */
  public static String of(Settings settings, Function<String, byte[]> secrets) {
    String scratch = settings.scratch();
    Optional<String> secret = settings.value(Setting.SCRATCH_PASSWORD_SECRET);
    if (secret.isEmpty() || !ServerUrl.isOne(scratch)) {
      return scratch;
    }
    String password = SecretPassword.of(secrets.apply(secret.get()));
    if (password.isEmpty()) {
      throw Settings.invalid(
          Setting.SCRATCH_PASSWORD_SECRET,
          "a secret that holds a password, as text or as a JSON object with the field"
              + " \"password\"");
    }
    return ServerUrl.withPassword(scratch, password);
  }
}
