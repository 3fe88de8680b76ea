package dev.decant.policy;

import dev.decant.mask.Condition;
import dev.decant.schema.TableName;
import dev.decant.yaml.Names;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.SqlText;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what runs around the rows: anchors, sql steps, assertions. */
record StepParser(
    Parameters parameters, BesideFiles files, ConditionParser conditions, Scope scope) {

  List<Policy.Anchor> anchors(@Nullable Node node) {
    List<Policy.Anchor> anchors = new ArrayList<>();
    YamlMap map =
        node == null
            ? null
            : YamlMap.read(
                node, scope, "anchors by name, admin: { table: …, where: {…} } for instance");
    for (YamlMap.Entry entry : map == null ? List.<YamlMap.Entry>of() : map.entries().values()) {
      Policy.Anchor anchor = anchor(entry);
      if (anchor != null) {
        anchors.add(anchor);
      }
    }
    return anchors;
  }

  private Policy.@Nullable Anchor anchor(YamlMap.Entry entry) {
    YamlMap map = YamlMap.read(entry.value(), scope, "{ table: …, where: {…} }");
    if (map == null) {
      return null;
    }
    map.only(List.of("table", "where"));
    Node tableNode = map.require("table", "table: SCHEMA.TABLE");
    Node whereNode = map.require("where", "where: { column: NAME, OPERATOR: VALUE }");
    String name =
        tableNode == null ? null : Scalars.name(tableNode, scope, "a table with its schema");
    TableName table =
        name == null || tableNode == null
            ? null
            : Names.table(name, YamlFile.line(tableNode), scope);
    Condition where = whereNode == null ? null : conditions.parse(whereNode, scope);
    return table == null || where == null
        ? null
        : new Policy.Anchor(entry.key(), entry.line(), table, where);
  }

  List<Policy.SqlStep> sql(@Nullable Node node) {
    List<Policy.SqlStep> steps = new ArrayList<>();
    List<Node> nodes =
        node == null ? null : Scalars.list(node, scope, "a list of statements and { file: NAME }");
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      Policy.SqlStep step = step(item, "sql step " + (steps.size() + 1));
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
    String filled = new SqlText(parameters, scope, fileNode, "file " + file + ": ").fill(text);
    return new Policy.SqlStep(file, YamlFile.line(item), filled);
  }

  private @Nullable String sqlText(Node node) {
    String text = Scalars.text(node, scope, "SQL");
    if (text != null && text.isBlank()) {
      scope.problem(node, "the SQL is empty; write a statement, or remove the step");
      return null;
    }
    return text == null ? null : new SqlText(parameters, scope, node, "").fill(text);
  }

  List<Policy.Assertion> assertions(@Nullable Node node) {
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
