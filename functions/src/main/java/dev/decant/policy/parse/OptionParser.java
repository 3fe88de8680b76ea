package dev.decant.policy.parse;

import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the value of one option of a mask according to its kind. */
record OptionParser(MaskReader masks, Parameters parameters, SideFiles files) {
  /** Reads a mask that stands in an option. */
  @FunctionalInterface
  interface MaskReader {
    /** The mask, or null after a problem. */
    @Nullable MaskSpec read(Node node, Scope scope);
  }

  /**
   * The value, which is a String, Long, Double, Boolean, MaskSpec, List or Map; null after a
   * problem.
   */
  @Nullable Object parse(MaskOption option, Node node, Scope scope) {
    String what = "a value for " + option.name();
    return switch (option.kind()) {
      case STRING -> string(node, scope, what);
      case SCALAR -> scalar(node, scope, what);
      case INTEGER -> Scalars.integer(node, scope);
      case NUMBER -> number(node, scope);
      case BOOLEAN -> Scalars.bool(node, scope);
      case CHOICE -> Scalars.word(node, scope, option.choices());
      case LIST -> list(node, scope, what);
      case TEMPLATE -> template(node, scope, what);
      case COLUMN -> column(node, scope);
      case FILE -> files.lines(node, scope);
      case MASK -> masks.read(node, scope);
      case MASKS -> specs(node, scope);
      case PATHS ->
          node instanceof MappingNode
              ? specs(node, scope)
              : node instanceof ScalarNode
                  ? single(string(node, scope, what))
                  : list(node, scope, what);
    };
  }

  private @Nullable String string(Node node, Scope scope, String what) {
    String text = Scalars.text(node, scope, what);
    return text == null ? null : parameters.fill(text, node, scope);
  }

  private @Nullable Object scalar(Node node, Scope scope, String what) {
    if (Scalars.text(node, scope, what + ", or the mask nullify for NULL") == null) {
      return null;
    }
    return Scalars.value(node) instanceof String text
        ? parameters.fill(text, node, scope)
        : Scalars.value(node);
  }

  private static @Nullable List<Object> single(@Nullable String text) {
    return text == null ? null : List.of(text);
  }

  private static @Nullable Object number(Node node, Scope scope) {
    if (Scalars.value(node) instanceof Number number) {
      return number;
    }
    scope.problem(node, "This is not a number. Write one without quotes.");
    return null;
  }

  private @Nullable List<Object> list(Node node, Scope scope, String what) {
    List<Node> nodes = Scalars.list(node, scope, "a list");
    if (nodes == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (Node item : nodes) {
      Object value = scalar(item, scope, what);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() < nodes.size() ? null : List.copyOf(values);
  }

  /** Refuses the value of a parameter that has braces, because it would name columns. */
  private @Nullable String template(Node node, Scope scope, String what) {
    String text = string(node, scope, what);
    if (text != null
        && node instanceof ScalarNode raw
        && (count(text, '{') != bracesOutside(raw.getValue()) || count(text, '}') < 0)) {
      scope.problem(
          node,
          "The value of a parameter has braces, which name columns here. Give a value without"
              + " braces.");
      return null;
    }
    return text;
  }

  private static long count(String text, char c) {
    return text.chars().filter(x -> x == c).count();
  }

  /**
   * The number of opening braces that do not open a parameter. The filled text must have as many.
   */
  private static long bracesOutside(String raw) {
    return count(raw.replaceAll("(?<!\\$)\\$\\{", ""), '{');
  }

  private static @Nullable String column(Node node, Scope scope) {
    String name = Scalars.name(node, scope, "the name of a column");
    return name == null ? null : NameParser.column(name);
  }

  private @Nullable Map<String, Object> specs(Node node, Scope scope) {
    YamlMap map = YamlMap.read(node, scope, "a map of masks");
    if (map == null) {
      return null;
    }
    Map<String, Object> specs = new TreeMap<>();
    for (YamlMap.Entry entry : map.entries().values()) {
      MaskSpec spec = masks.read(entry.value(), scope);
      if (spec != null) {
        specs.put(entry.key(), spec);
      }
    }
    return specs.size() < map.entries().size() ? null : specs;
  }
}
