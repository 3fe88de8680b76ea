package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.PolicyFiles;
import dev.decant.setting.Settings;
import dev.decant.store.Source;
import dev.decant.store.Sources;
import dev.decant.target.Target;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
    Map<String, String> values = new HashMap<>(new Settings(environment).parameters());
    values.putAll(parameters);
    return TargetsParser.parse(targets, content(), files(), values);
  }

  private byte[] content() {
    try (Source source = Sources.open(targets);
        InputStream in = source.open()) {
      // One byte more than allowed: the parser tells what is too large.
      return in.readNBytes(PolicyFiles.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE, "The targets file " + targets + " cannot be read.", e);
    }
  }

  private PolicyFiles files() {
    Path folder =
        targets.startsWith("s3://") ? null : Path.of(targets).toAbsolutePath().getParent();
    return folder == null ? PolicyFiles.none() : PolicyFiles.in(folder);
  }
}
