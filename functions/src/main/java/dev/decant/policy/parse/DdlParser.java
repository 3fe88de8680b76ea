package dev.decant.policy.parse;

import dev.decant.policy.DdlRule;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the rules for objects under {@code ddl}. */
final class DdlParser {
  private static final String FORMS = "keep, drop or { replace: TEXT }";

  private final Parameters parameters;
  private final Scope scope;

  DdlParser(Parameters parameters, Scope scope) {
    this.parameters = parameters;
    this.scope = scope;
  }

  /** The rules by the names of their objects, without those that have problems. */
  Map<String, DdlRule> parse(@Nullable Node node) {
    YamlMap map = node == null ? null : YamlMap.read(node, scope, "a map from objects to " + FORMS);
    Map<String, DdlRule> rules = new LinkedHashMap<>();
    if (map != null) {
      for (YamlMap.Entry entry : map.entries().values()) {
        DdlRule rule = rule(entry);
        if (rule != null) {
          rules.put(entry.key(), rule);
        }
      }
    }
    return rules;
  }

  private @Nullable DdlRule rule(YamlMap.Entry entry) {
    if (entry.value() instanceof MappingNode) {
      YamlMap map = YamlMap.read(entry.value(), scope, FORMS);
      Node text =
          map == null ? null : map.only(List.of("replace")).require("replace", "replace: TEXT");
      return text == null ? null : replace(text, entry.line());
    }
    String word = Scalars.text(entry.value(), scope, FORMS);
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "keep" -> new DdlRule.Keep(entry.line());
      case "drop" -> new DdlRule.Drop(entry.line());
      default -> {
        scope.problem(entry.value(), "The action " + word + " is unknown. Write " + FORMS + ".");
        yield null;
      }
    };
  }

  private @Nullable DdlRule replace(Node node, int line) {
    String text = Scalars.text(node, scope, "the text that stands for each string constant");
    String filled = text == null ? null : parameters.fill(text, node, scope);
    if (filled == null) {
      return null;
    }
    boolean plain =
        filled.chars().noneMatch(c -> c < ' ' || c == '$' || c == '\\')
            && !filled.contains("*/")
            && !filled.contains("/*");
    if (!plain) {
      scope.problem(
          node,
          "The text of replace has a control character, a dollar sign, a backslash, /* or */, which"
              + " could end a string constant or a comment. Write a plain text, redacted for"
              + " instance.");
      return null;
    }
    return new DdlRule.Replace(line, filled);
  }
}
