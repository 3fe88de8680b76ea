package dev.decant.cli;

import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a target and its targets file. */
final class TargetOptions {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME",
      description =
          "The name of the target in the targets file. Refresh and rollback take several names,"
              + " separated by commas.")
  String target = "";

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "The targets file: a file or s3://bucket/key. Default: DECANT_TARGETS.")
  @Nullable String targets;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  /** Reads the target. It reads only the keys that the use needs. */
  Target read(Map<String, String> environment, TargetUse use) {
    return read(targets, parameters, environment, use, List.of(target)).target(target);
  }

  /** As {@link #read(Map, TargetUse)}, for several names with commas between them. */
  List<Target> readAll(Map<String, String> environment, TargetUse use) {
    List<String> names = names(target);
    Targets all = read(targets, parameters, environment, use, names);
    return names.stream().map(all::target).toList();
  }

  /** Splits a list of names at its commas. */
  static List<String> names(String target) {
    return Arrays.stream(target.split(",", -1)).map(String::strip).toList();
  }

  /**
   * Reads a targets file.
   *
   * @param place the file of the command line, or null to use DECANT_TARGETS
   * @param parameters the parameters of the command line
   * @param wanted the names of the targets to read; an empty list reads all
   */
  static Targets read(
      @Nullable String place,
      ParameterOptions parameters,
      Map<String, String> environment,
      TargetUse use,
      List<String> wanted) {
    Settings settings = new Settings(environment).with(Setting.TARGETS, place);
    Map<String, String> values = parameters.values(settings);
    Targets read =
        TargetsParser.read(settings.required(Setting.TARGETS), Path.of(""), values, use, wanted);
    // Other uses do not read the whole file, so they do not know all of its parameters.
    if (use == TargetUse.REFRESH) {
      parameters.requireKnown(read.parameters(), "targets file");
    }
    return read;
  }
}
