package dev.decant.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A map of the file. Its keys are unique texts, in the order of the file. */
public record YamlMap(Node node, Scope scope, Map<String, Entry> entries) {
  /** A key's line, and its value. */
  public record Entry(String key, int line, Node value) {}

  /**
   * Reads a node as a map, or returns null after a problem.
   *
   * @param what the text to write instead, for the message
   */
  public static @Nullable YamlMap read(Node node, Scope scope, String what) {
    if (!(node instanceof MappingNode map)) {
      scope.problem(node, "This is not a map. Write " + what + ".");
      return null;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        scope.problem(tuple.getKeyNode(), "A key is a list or a map. Write a name.");
        continue;
      }
      Entry entry = new Entry(key.getValue(), YamlFile.line(key), tuple.getValueNode());
      Entry first = entries.putIfAbsent(entry.key, entry);
      if (first != null) {
        scope.problem(
            entry.line,
            "The key "
                + entry.key
                + " occurs twice, first in line "
                + first.line
                + ". Remove one of them.");
      }
    }
    return new YamlMap(node, scope, entries);
  }

  /** Reports the keys that are not known. */
  public YamlMap only(Collection<String> known) {
    for (Entry entry : entries.values()) {
      if (!known.contains(entry.key)) {
        scope.problem(
            entry.line, "The key " + entry.key + " is unknown" + Nearest.advice(entry.key, known));
      }
    }
    return this;
  }

  /** This map without the entries of these keys. */
  public YamlMap without(Collection<String> keys) {
    Map<String, Entry> rest = new LinkedHashMap<>(entries);
    rest.keySet().removeAll(keys);
    return new YamlMap(node, scope, rest);
  }

  public @Nullable Node get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /** The value of a required key, or null after a problem. */
  public @Nullable Node require(String key, String what) {
    Node value = get(key);
    if (value == null) {
      scope.problem(node, "The key " + key + " is missing. Write " + what + ".");
    }
    return value;
  }

  /**
   * Whether this is a file of version 1. If it is not, this is a problem, and the rest must not be
   * read, because another version has another grammar.
   */
  public boolean isVersion1() {
    Node version = get("version");
    if (version == null) {
      scope.problem(node, "The key version is missing. Write version: 1.");
      return false;
    }
    Object value = Scalars.value(version);
    if (value instanceof Long number && number == 1) {
      return true;
    }
    scope.problem(
        version,
        value instanceof Long number && number > 1
            ? "The file has version "
                + number
                + ", but this decant reads version 1. Use a newer decant."
            : "This version is not supported. Write version: 1.");
    return false;
  }
}
