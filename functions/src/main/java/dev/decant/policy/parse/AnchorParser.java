package dev.decant.policy.parse;

import dev.decant.mask.Condition;
import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the anchors of a policy. */
record AnchorParser(ConditionParser conditions, Scope scope) {
  List<Policy.Anchor> parse(@Nullable Node node) {
    List<Policy.Anchor> anchors = new ArrayList<>();
    YamlMap map =
        node == null
            ? null
            : YamlMap.read(
                node, scope, "anchors by name, for example admin: { table: …, where: {…} }");
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
            : NameParser.table(name, YamlFile.line(tableNode), scope);
    Condition where = whereNode == null ? null : conditions.parse(whereNode, scope);
    return table == null || where == null
        ? null
        : new Policy.Anchor(entry.key(), entry.line(), table, where);
  }
}
