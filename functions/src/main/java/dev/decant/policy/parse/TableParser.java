package dev.decant.policy.parse;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the entries of tables in a policy. */
record TableParser(MaskParser masks, ConditionParser conditions) {
  private static final String WHAT = "truncate, or a map with keep and columns";

  Map<TableName, Policy.TableEntry> parse(YamlMap map) {
    Map<TableName, Policy.TableEntry> tables = new HashMap<>();
    for (YamlMap.Entry entry : map.entries().values()) {
      TableName name = NameParser.table(entry.key(), entry.line(), map.scope());
      Scope scope = name == null ? map.scope() : map.scope().in(name);
      Policy.TableEntry table = table(entry, scope);
      if (name != null && table != null && tables.putIfAbsent(name, table) != null) {
        scope.problem(entry.line(), "The table has two entries. Remove one of them.");
      }
    }
    return tables;
  }

  private Policy.@Nullable TableEntry table(YamlMap.Entry entry, Scope scope) {
    if (entry.value() instanceof ScalarNode) {
      String word = Scalars.text(entry.value(), scope, WHAT);
      if (word == null) {
        return null;
      }
      if (!word.equals("truncate")) {
        scope.problem(
            entry.value(), "The word " + word + " is not a rule of a table. Write " + WHAT + ".");
        return null;
      }
      return new Policy.TableEntry(entry.line(), true, false, Map.of(), Map.of(), null);
    }
    YamlMap map = YamlMap.read(entry.value(), scope, WHAT);
    return map == null ? null : rows(map, entry.line());
  }

  private Policy.TableEntry rows(YamlMap map, int line) {
    map.only(List.of("keep", "columns", "rows", "optional"));
    Node optionalNode = map.get("optional");
    Boolean optional = optionalNode == null ? null : Scalars.bool(optionalNode, map.scope());
    Map<String, Integer> keep = keep(map);
    Map<String, Policy.ColumnEntry> columns = columns(map, keep);
    return new Policy.TableEntry(
        line, false, Boolean.TRUE.equals(optional), keep, columns, where(map));
  }

  private static Map<String, Integer> keep(YamlMap map) {
    Map<String, Integer> keep = new HashMap<>();
    Node node = map.get("keep");
    List<Node> nodes =
        node == null
            ? null
            : Scalars.list(node, map.scope(), "a list of columns that stay unchanged");
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      String text = Scalars.name(item, map.scope(), "the name of a column");
      if (text == null) {
        continue;
      }
      String column = NameParser.column(text);
      if (keep.putIfAbsent(column, YamlFile.line(item)) != null) {
        map.scope().at(column).problem(item, "The column is in keep twice. Remove one of them.");
      }
    }
    return keep;
  }

  private Map<String, Policy.ColumnEntry> columns(YamlMap map, Map<String, Integer> keep) {
    Map<String, Policy.ColumnEntry> columns = new HashMap<>();
    Node node = map.get("columns");
    YamlMap entries =
        node == null ? null : YamlMap.read(node, map.scope(), "a map from columns to masks");
    for (YamlMap.Entry entry :
        entries == null ? List.<YamlMap.Entry>of() : entries.entries().values()) {
      if ((Parameters.names(entry.key()) && !entry.key().startsWith("\""))
          || entry.key().isEmpty()) {
        map.scope().problem(entry.line(), "This is not the name of a column. Write one.");
        continue;
      }
      String column = NameParser.column(entry.key());
      Scope scope = map.scope().at(column);
      if (keep.containsKey(column)) {
        scope.problem(
            entry.line(), "The column is in keep and in columns. Remove it from one of them.");
      }
      ColumnRule rule = masks.rule(entry.value(), scope);
      Policy.ColumnEntry written = rule == null ? null : new Policy.ColumnEntry(entry.line(), rule);
      if (written != null && columns.putIfAbsent(column, written) != null) {
        scope.problem(entry.line(), "The column is in columns twice. Remove one of them.");
      }
    }
    return columns;
  }

  private @Nullable Condition where(YamlMap map) {
    Node rowsNode = map.get("rows");
    YamlMap rows = rowsNode == null ? null : YamlMap.read(rowsNode, map.scope(), "{ where: {…} }");
    if (rows == null) {
      return null;
    }
    Node where =
        rows.only(List.of("where")).require("where", "where: { column: NAME, OPERATOR: VALUE }");
    return where == null ? null : conditions.parse(where, map.scope());
  }
}
