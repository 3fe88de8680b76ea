package dev.decant.target;

import dev.decant.error.DecantException;
import dev.decant.policy.NamedFile;
import dev.decant.policy.PolicyFiles;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads targets files of version 1, which {@code docs/targets.md} describes. The amount of work is
 * bounded for any content, even a malicious one. Several threads may use it.
 */
public final class TargetsParser {
  private static final int MAX_PROBLEMS = 1000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  private TargetsParser() {}

  /**
   * Reads a targets file from the place that settings name, and checks all of it.
   *
   * @param location {@code s3://bucket/key} or a file
   * @param folder the folder to which relative paths refer
   * @param parameters the values of the parameters {@code ${NAME}}
   * @throws DecantException TARGETS_INVALID, or an error of reading the file
   */
  public static Targets read(String location, Path folder, Map<String, String> parameters) {
    return read(location, folder, parameters, TargetUse.REFRESH, List.of());
  }

  /**
   * Reads like {@link #read(String, Path, Map)}, but only the parts that a use needs.
   *
   * @param wanted the targets that are used; an empty list means all targets
   */
  public static Targets read(
      String location,
      Path folder,
      Map<String, String> parameters,
      TargetUse use,
      List<String> wanted) {
    NamedFile file = NamedFile.read("targets file", location, folder);
    return parse(location, file.content(), file.beside(), parameters, use, wanted);
  }

  /**
   * Reads a targets file and checks all of it.
   *
   * @param fileName the name of the file in messages
   * @param yaml the content of the file
   * @param files the files in the same folder
   * @param parameters the values of the parameters {@code ${NAME}}
   * @throws DecantException TARGETS_INVALID, with a message that lists each problem on a line of
   *     its own: {@code FILE:LINE: Problem. Remedy.} It contains no parameter's value.
   */
  public static Targets parse(
      String fileName, byte[] yaml, PolicyFiles files, Map<String, String> parameters) {
    return parse(fileName, yaml, files, parameters, TargetUse.REFRESH, List.of());
  }

  static Targets parse(
      String fileName,
      byte[] yaml,
      PolicyFiles files,
      Map<String, String> parameters,
      TargetUse use,
      List<String> wanted) {
    Problems problems = new Problems(fileName, FileKind.TARGETS, MAX_PROBLEMS);
    Scope scope = new Scope(problems);
    Node root = YamlFile.read(yaml, scope);
    YamlMap map = root == null ? null : YamlMap.read(root, scope, "version: 1, targets: {…}");
    Parameters values = Parameters.undeclared(parameters);
    Set<String> names = new LinkedHashSet<>();
    Map<String, Target> targets = new LinkedHashMap<>();
    for (YamlMap.Entry entry : map == null ? List.<YamlMap.Entry>of() : entries(map)) {
      names.add(entry.key());
      if (use.reads(entry.key(), wanted)) {
        TargetsFileMap.read(entry.value(), scope, values, "{ database: …, snapshots: …, … }")
            .map(fields -> new TargetParser(entry, fields, files, use).parse())
            .ifPresent(target -> targets.put(entry.key(), target));
      }
    }
    if (!problems.isEmpty()) {
      throw problems.error();
    }
    return new Targets(fileName, targets, List.copyOf(names), values);
  }

  private static List<YamlMap.Entry> entries(YamlMap file) {
    if (!file.isVersion1()) {
      return List.of();
    }
    YamlMap map = byName(file.only(List.of("version", "targets")));
    List<YamlMap.Entry> entries = map == null ? List.of() : List.copyOf(map.entries().values());
    for (YamlMap.Entry entry : entries) {
      if (!NAME.matcher(entry.key()).matches()) {
        file.scope()
            .problem(
                entry.line(),
                "This cannot be the name of a target. Write at most 63 letters, digits, - and _.");
      }
    }
    return entries;
  }

  private static @Nullable YamlMap byName(YamlMap file) {
    String what = "targets by name, for example staging: { database: … }";
    Node node = file.require("targets", what);
    YamlMap map = node == null ? null : YamlMap.read(node, file.scope(), what);
    if (map != null && map.entries().isEmpty()) {
      file.scope().problem(map.node(), "The file has no target. Write " + what + ".");
    }
    return map;
  }
}
