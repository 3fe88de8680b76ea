package dev.decant.policy.parse;

import dev.decant.mask.Condition;
import dev.decant.mask.Condition.Operator;
import dev.decant.mask.RegularExpression;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads conditions ({@code when}, {@code where}). */
final class ConditionParser {
  private static final String EXAMPLE = "a condition, for example { column: NAME, equals: VALUE }";
  private static final Map<String, Operator> COMPARISONS = comparisons();
  private static final List<String> OPERATORS = operators();
  private static final List<String> KEYS = keys();

  private final Parameters parameters;

  ConditionParser(Parameters parameters) {
    this.parameters = parameters;
  }

  /** The condition; null after a problem. */
  @Nullable Condition parse(Node node, Scope scope) {
    YamlMap map = YamlMap.read(node, scope, EXAMPLE);
    if (map == null) {
      return null;
    }
    map.only(KEYS);
    List<String> heads =
        map.entries().keySet().stream()
            .filter(k -> List.of("column", "all", "any", "not").contains(k))
            .toList();
    if (heads.size() != 1) {
      scope.problem(
          node,
          "A condition needs exactly one of column, all, any and not. Write " + EXAMPLE + ".");
      return null;
    }
    return heads.getFirst().equals("column")
        ? comparison(map, scope)
        : combination(map, heads.getFirst(), scope);
  }

  private @Nullable Condition combination(YamlMap map, String head, Scope scope) {
    if (map.entries().size() > 1) {
      scope.problem(
          map.node(),
          "The key "
              + head
              + " must stand alone. Write the other keys into it, or put both under all.");
      return null;
    }
    YamlMap.Entry entry = map.entries().values().iterator().next();
    if (head.equals("not")) {
      Condition of = parse(entry.value(), scope);
      return of == null ? null : new Condition.Not(of);
    }
    List<Node> nodes = Scalars.list(entry.value(), scope, "a list of conditions");
    if (nodes == null) {
      return null;
    }
    if (nodes.isEmpty()) {
      scope.problem(entry.line(), "The list " + head + " is empty. Write conditions into it.");
      return null;
    }
    List<Condition> parts = new ArrayList<>();
    for (Node node : nodes) {
      Condition part = parse(node, scope);
      if (part != null) {
        parts.add(part);
      }
    }
    if (parts.size() < nodes.size()) {
      return null;
    }
    return head.equals("all") ? new Condition.All(parts) : new Condition.Any(parts);
  }

  private @Nullable Condition comparison(YamlMap map, Scope scope) {
    List<String> operators = map.entries().keySet().stream().filter(OPERATORS::contains).toList();
    Node nameNode = map.get("column");
    String name = nameNode == null ? null : Scalars.name(nameNode, scope, "the name of a column");
    if (operators.isEmpty() && map.entries().size() > 1) {
      return null; // The operator is an unknown key, which is reported already.
    }
    if (operators.size() != 1) {
      scope.problem(
          map.node(),
          "A condition on a column needs exactly one operator. Write one of "
              + String.join(", ", OPERATORS)
              + ".");
      return null;
    }
    Node value = map.get(operators.getFirst());
    if (name == null || value == null) {
      return null;
    }
    return comparison(NameParser.column(name), operators.getFirst(), value, scope);
  }

  private @Nullable Condition comparison(String column, String operator, Node node, Scope scope) {
    if (operator.equals("is-null")) {
      Boolean isNull = Scalars.bool(node, scope);
      return isNull == null ? null : new Condition.IsNull(column, isNull);
    }
    if (operator.equals("in")) {
      List<String> values = values(node, scope);
      return values == null ? null : new Condition.In(column, values);
    }
    String value = value(node, scope);
    Operator comparison = COMPARISONS.get(operator);
    if (value == null || comparison == null) {
      return null;
    }
    return comparison == Operator.MATCHES && !isExpression(value, node, scope)
        ? null
        : new Condition.Compare(column, comparison, value);
  }

  private @Nullable List<String> values(Node node, Scope scope) {
    List<Node> nodes = Scalars.list(node, scope, "a list of values");
    if (nodes == null) {
      return null;
    }
    if (nodes.isEmpty()) {
      scope.problem(
          node, "The list in is empty, so the condition never holds. Write values into it.");
      return null;
    }
    List<String> values = new ArrayList<>();
    for (Node item : nodes) {
      String value = value(item, scope);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() < nodes.size() ? null : values;
  }

  /** The text as COPY writes it: t or f for a boolean, and the digits as written for a number. */
  private @Nullable String value(Node node, Scope scope) {
    if (Scalars.isNull(node)) {
      scope.problem(node, "NULL equals no value. Write is-null: true.");
      return null;
    }
    String text = Scalars.text(node, scope, "a value");
    if (text == null) {
      return null;
    }
    if (Scalars.value(node) instanceof Boolean truth) {
      return truth ? "t" : "f";
    }
    return parameters.fill(text, node, scope);
  }

  /** The message does not show the expression, because it may contain the value of a parameter. */
  private static boolean isExpression(String value, Node node, Scope scope) {
    String problem = RegularExpression.problem(value);
    if (problem != null) {
      scope.problem(node, problem);
    }
    return problem == null;
  }

  private static Map<String, Operator> comparisons() {
    Map<String, Operator> names = new LinkedHashMap<>();
    for (Operator operator : Operator.values()) {
      names.put(word(operator), operator);
    }
    return names;
  }

  private static String word(Operator operator) {
    return switch (operator) {
      case EQUALS -> "equals";
      case NOT_EQUALS -> "not-equals";
      case LIKE -> "like";
      case ILIKE -> "ilike";
      case NOT_LIKE -> "not-like";
      case NOT_ILIKE -> "not-ilike";
      case MATCHES -> "matches";
    };
  }

  private static List<String> operators() {
    List<String> all = new ArrayList<>(COMPARISONS.keySet());
    all.add("in");
    all.add("is-null");
    return List.copyOf(all);
  }

  private static List<String> keys() {
    List<String> all = new ArrayList<>(List.of("column", "all", "any", "not"));
    all.addAll(OPERATORS);
    return List.copyOf(all);
  }
}
