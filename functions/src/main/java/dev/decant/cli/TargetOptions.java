package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.setting.ParameterValues;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a target and the file that it is in. */
final class TargetOptions {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME",
      description =
          "The target, by its name in the targets file. Refresh and rollback take several, with"
              + " commas.")
  String target = "";

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "The targets file, or s3://bucket/key. Default: DECANT_TARGETS.")
  @Nullable String targets;

  @Option(
      names = "--param",
      paramLabel = "N=V",
      description = "A parameter of the targets file; repeatable. Default: DECANT_PARAM_N.")
  Map<String, String> parameters = new LinkedHashMap<>();

  /** The target, as far as its use needs it. */
  Target read(Map<String, String> environment, TargetUse use) {
    return read(targets, parameters, environment, use, List.of(target)).target(target);
  }

  /** As {@link #read(Map, TargetUse)}, where commas stand between several names. */
  List<Target> readAll(Map<String, String> environment, TargetUse use) {
    List<String> names = names(target);
    Targets all = read(targets, parameters, environment, use, names);
    return names.stream().map(all::target).toList();
  }

  /** The names between the commas. */
  static List<String> names(String target) {
    return Arrays.stream(target.split(",", -1)).map(String::strip).toList();
  }

  /**
   * Reads a targets file.
   *
   * @param place as the command line says it; null: as DECANT_TARGETS says
   * @param parameters those of the command line
   * @param wanted the targets that are used; none: all
   */
  static Targets read(
      @Nullable String place,
      Map<String, String> parameters,
      Map<String, String> environment,
      TargetUse use,
      List<String> wanted) {
    Settings settings = new Settings(environment).with(Setting.TARGETS, place);
    Map<String, String> values = new HashMap<>(ParameterValues.of(settings, Secrets::read));
    values.putAll(parameters);
    Targets read =
        TargetsParser.read(settings.required(Setting.TARGETS), Path.of(""), values, use, wanted);
    // Other uses do not read the whole file, so they cannot tell what it does not have.
    if (use == TargetUse.REFRESH) {
      read.parameters().requireKnown(parameters.keySet(), "targets file");
    }
    return read;
  }
}
