package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.setting.ParameterValues;
import dev.decant.setting.Settings;
import dev.decant.yaml.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that gives values to the parameters of a policy or of a targets file. */
final class ParameterOptions {
  @Option(
      names = "--param",
      paramLabel = "N=V",
      description =
          "The value of a parameter that the policy or the targets file declares. May be repeated."
              + " Default: DECANT_PARAM_N.")
  Map<String, String> given = new LinkedHashMap<>();

  /** The values of this option, and of the settings for parameters without this option. */
  Map<String, String> values(Settings settings) {
    return ParameterValues.of(settings, Secrets::read, given);
  }

  /**
   * Refuses a parameter that the file does not declare.
   *
   * @param declared the parameters of the file, after it was read
   * @param file the kind of the file in the message
   */
  void requireKnown(Parameters declared, String file) {
    declared.requireKnown(given.keySet(), file);
  }
}
