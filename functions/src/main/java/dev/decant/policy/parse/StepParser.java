package dev.decant.policy.parse;

import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
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

/** Reads the SQL that runs after the rows are loaded: sql steps and assertions. */
public final class StepParser {
  private final Parameters parameters;
  private final SideFiles files;
  private final Scope scope;

  /**
   * A parser for one file.
   *
   * @param files the files beside it
   */
  public StepParser(Parameters parameters, PolicyFiles files, Scope scope) {
    this(parameters, new SideFiles(files), scope);
  }

  StepParser(Parameters parameters, SideFiles files, Scope scope) {
    this.parameters = parameters;
    this.files = files;
    this.scope = scope;
  }

  /** The steps of a list, without those that have problems. */
  public List<Policy.SqlStep> sql(@Nullable Node node) {
    return sql(node, "sql step");
  }

  /**
   * Does the same as {@link #sql(Node)}.
   *
   * @param label the word for a step in messages, which its number follows
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
    String file = String.valueOf(Scalars.text(fileNode, scope, "the name of a file"));
    String filled =
        new SqlTemplate(parameters, scope, fileNode, "In file " + file + ": ").fill(text);
    return new Policy.SqlStep(file, YamlFile.line(item), filled);
  }

  /** The SQL of one text, in which the parameters are filled in; null after a problem. */
  public @Nullable String sqlText(Node node) {
    String text = Scalars.text(node, scope, "SQL");
    if (text != null && text.isBlank()) {
      scope.problem(node, "The SQL is empty. Write a statement, or remove the step.");
      return null;
    }
    return text == null ? null : new SqlTemplate(parameters, scope, node, "").fill(text);
  }

  /** The assertions of a list, without those that have problems. */
  public List<Policy.Assertion> assertions(@Nullable Node node) {
    List<Policy.Assertion> assertions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String what = "a list of { name: …, sql: …, equals: … }";
    List<Node> nodes = node == null ? null : Scalars.list(node, scope, what);
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      Policy.Assertion assertion = assertion(item);
      if (assertion != null && !names.add(assertion.name())) {
        scope.problem(
            item, "Two assertions have the name " + assertion.name() + ". Write another name.");
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
    Node nameNode = map.require("name", "a sentence that says what it asserts");
    Node sqlNode = map.require("sql", "a query");
    String name =
        nameNode == null
            ? null
            : Scalars.name(nameNode, scope, "a sentence that says what it asserts");
    String sql = sqlNode == null ? null : sqlText(sqlNode);
    Node equals = map.get("equals");
    Node empty = map.get("empty");
    if ((equals == null) == (empty == null)) {
      scope.problem(
          item, "An assertion needs either equals or empty. Write equals: VALUE, or empty: true.");
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
      scope.problem(
          node, "The entry empty: false asserts nothing. Write empty: true, or equals: VALUE.");
    }
    return Boolean.TRUE.equals(value);
  }

  /** The text that PostgreSQL shows, which is t or f for a boolean. */
  private @Nullable String value(Node node) {
    String text = Scalars.text(node, scope, "the text of the value");
    if (text == null) {
      return null;
    }
    if (Scalars.value(node) instanceof Boolean truth) {
      return truth ? "t" : "f";
    }
    return parameters.fill(text, node, scope);
  }
}
