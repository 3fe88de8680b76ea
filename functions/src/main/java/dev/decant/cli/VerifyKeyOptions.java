package dev.decant.cli;

import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of the commands that check who signed a snapshot. */
final class VerifyKeyOptions {
  @Option(
      names = {"--verify-key", "--public-key"},
      paramLabel = "FILE",
      description =
          "The public key that must have signed the snapshot. Default: DECANT_VERIFY_KEY.")
  @Nullable String verifyKey;

  Settings in(Settings settings) {
    return settings.with(Setting.VERIFY_KEY, verifyKey);
  }
}
