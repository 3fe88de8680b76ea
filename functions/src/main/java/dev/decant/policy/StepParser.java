package dev.decant.policy;

import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.SqlTemplate;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what runs once the rows are there: sql steps, assertions. */
public final class StepParser {
  private final Parameters parameters;
  private final BesideFiles files;
  private final Scope scope;

  /**
   * @param files beside the one that is read
   */
  public StepParser(Parameters parameters, PolicyFiles files, Scope scope) {
    this(parameters, new BesideFiles(files), scope);
  }

  StepParser(Parameters parameters, BesideFiles files, Scope scope) {
    this.parameters = parameters;
    this.files = files;
    this.scope = scope;
  }

  /** The steps of a list; those with problems are left out. */
  public List<Policy.SqlStep> sql(@Nullable Node node) {
    return sql(node, "sql step");
  }

  /**
   * As {@link #sql(Node)}.
   *
   * @param label of one, for messages: its number follows
   */
  public List<Policy.SqlStep> sql(@Nullable Node node, String label) {
    List<Policy.SqlStep> steps = new ArrayList<>();
    List<Node> nodes =
        node == null ? null : Scalars.list(node, scope, "a list of statements and { file: NAME }");
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      Policy.SqlStep step = step(item, label + " " + (steps.size() + 1));
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private Policy.@Nullable SqlStep step(Node item, String name) {
    if (!(item instanceof MappingNode)) {
      String text = sqlText(item);
      return text == null ? null : new Policy.SqlStep(name, YamlFile.line(item), text);
    }
    YamlMap map = YamlMap.read(item, scope, "{ file: NAME }");
    Node fileNode =
        map == null ? null : map.only(List.of("file")).require("file", "{ file: NAME }");
    String text = fileNode == null ? null : files.text(fileNode, scope);
    if (fileNode == null || text == null) {
      return null;
    }
    String file = String.valueOf(Scalars.text(fileNode, scope, "a file's name"));
    String filled = new SqlTemplate(parameters, scope, fileNode, "file " + file + ": ").fill(text);
    return new Policy.SqlStep(file, YamlFile.line(item), filled);
  }

  /** The SQL of one text, its parameters filled in; null after a problem. */
  public @Nullable String sqlText(Node node) {
    String text = Scalars.text(node, scope, "SQL");
    if (text != null && text.isBlank()) {
      scope.problem(node, "the SQL is empty; write a statement, or remove the step");
      return null;
    }
    return text == null ? null : new SqlTemplate(parameters, scope, node, "").fill(text);
  }

  /** The assertions of a list; those with problems are left out. */
  public List<Policy.Assertion> assertions(@Nullable Node node) {
    List<Policy.Assertion> assertions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String what = "a list of { name: …, sql: …, equals: … }";
    List<Node> nodes = node == null ? null : Scalars.list(node, scope, what);
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      Policy.Assertion assertion = assertion(item);
      if (assertion != null && !names.add(assertion.name())) {
        scope.problem(
            item, "two assertions have the name " + assertion.name() + "; write another name");
      } else if (assertion != null) {
        assertions.add(assertion);
      }
    }
    return assertions;
  }

  private Policy.@Nullable Assertion assertion(Node item) {
    YamlMap map = YamlMap.read(item, scope, "{ name: …, sql: …, equals: … }");
    if (map == null) {
      return null;
    }
    map.only(List.of("name", "sql", "equals", "empty"));
    Node nameNode = map.require("name", "what it asserts");
    Node sqlNode = map.require("sql", "a query");
    String name = nameNode == null ? null : Scalars.name(nameNode, scope, "what it asserts");
    String sql = sqlNode == null ? null : sqlText(sqlNode);
    Node equals = map.get("equals");
    Node empty = map.get("empty");
    if ((equals == null) == (empty == null)) {
      scope.problem(
          item, "an assertion has either equals or empty; write equals: VALUE, or empty: true");
      return null;
    }
    if (equals == null) {
      return empty(empty) && name != null && sql != null
          ? new Policy.Assertion(name, YamlFile.line(item), sql, null)
          : null;
    }
    String value = value(equals);
    return name == null || sql == null || value == null
        ? null
        : new Policy.Assertion(name, YamlFile.line(item), sql, value);
  }

  private boolean empty(@Nullable Node node) {
    Boolean value = node == null ? null : Scalars.bool(node, scope);
    if (node != null && Boolean.FALSE.equals(value)) {
      scope.problem(node, "empty: false asserts nothing; write empty: true, or equals: VALUE");
    }
    return Boolean.TRUE.equals(value);
  }

  /** The text that PostgreSQL shows: a boolean is t or f. */
  private @Nullable String value(Node node) {
    String text = Scalars.text(node, scope, "the value's text");
    if (text == null) {
      return null;
    }
    if (Scalars.value(node) instanceof Boolean truth) {
      return truth ? "t" : "f";
    }
    return parameters.fill(text, node, scope);
  }
}
