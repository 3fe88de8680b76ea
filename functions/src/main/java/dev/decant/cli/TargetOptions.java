package dev.decant.cli;

import dev.decant.target.Target;
import dev.decant.target.Targets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that name a target and the file that it is in. */
final class TargetOptions {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME",
      description = "The target, by its name in the targets file.")
  String target = "";

  @Option(
      names = "--targets",
      required = true,
      paramLabel = "FILE",
      description = "The targets file, or s3://bucket/key.")
  String targets = "";

  @Option(
      names = "--param",
      paramLabel = "N=V",
      description = "A parameter of the targets file; repeatable. Default: DECANT_PARAM_N.")
  Map<String, String> parameters = new LinkedHashMap<>();

  /** The target; the whole file is checked first. */
  Target read(Map<String, String> environment) {
    return parse(environment).target(target);
  }

  /** The targets, where commas stand between several names. */
  List<Target> readAll(Map<String, String> environment) {
    Targets all = parse(environment);
    return Arrays.stream(target.split(",", -1)).map(String::strip).map(all::target).toList();
  }

  private Targets parse(Map<String, String> environment) {
    return TargetsFile.read(targets, parameters, environment);
  }
}
