package dev.decant.pack;

import dev.decant.resource.PackagedFile;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the files of packs, which are resources of decant. */
final class PackParser {
  private static final List<String> KEYS =
      List.of("title", "recognized-by", "tables", "settings", "sql", "assertions");
  private static final List<String> TABLE_KEYS =
      List.of("having", "truncate", "keep", "columns", "blank");

  private final String name;
  private final Scope scope;

  private PackParser(String name, Scope scope) {
    this.name = name;
    this.scope = scope;
  }

  /** The pack with a name. A mistake in its file is a defect of decant. */
  static Pack resource(String name) {
    String file = name + ".yaml";
    return parse(name, PackagedFile.bytes(PackParser.class, file));
  }

  static Pack parse(String name, byte[] yaml) {
    Problems problems = new Problems(name + ".yaml", FileKind.POLICY, Integer.MAX_VALUE);
    Scope scope = new Scope(problems);
    Node root = YamlFile.read(yaml, scope);
    YamlMap map = root == null ? null : YamlMap.read(root, scope, "a map");
    Pack pack = map == null ? null : new PackParser(name, scope).pack(map.only(KEYS));
    if (pack == null || !problems.isEmpty()) {
      throw problems.error();
    }
    return pack;
  }

  private Pack pack(YamlMap map) {
    List<Map<TablePattern, List<String>>> recognizedBy = new ArrayList<>();
    for (YamlMap alternative : maps(map.get("recognized-by"))) {
      Map<TablePattern, List<String>> tables = new HashMap<>();
      alternative
          .entries()
          .values()
          .forEach(e -> tables.put(TablePattern.of(e.key()), names(e.value())));
      recognizedBy.add(tables);
    }
    List<PackTable> tables = new ArrayList<>();
    entries(map.get("tables")).forEach((key, entry) -> tables.add(table(key, entry)));
    return new Pack(
        name,
        text(map.require("title", "title: NAME")),
        recognizedBy,
        tables,
        maps(map.get("settings")).stream().map(this::settings).toList(),
        list(map.get("sql")).stream().map(this::text).toList(),
        maps(map.get("assertions")).stream()
            .map(m -> new PackAssertion(text(m.get("name")), text(m.get("sql"))))
            .toList());
  }

  private PackTable table(String key, YamlMap.Entry entry) {
    YamlMap map = YamlMap.read(entry.value(), scope, "a map");
    Map<String, PackRule> columns = new LinkedHashMap<>();
    if (map == null) {
      return new PackTable(TablePattern.of(key), List.of(), null, columns);
    }
    map.only(TABLE_KEYS);
    reasons(map.get("keep"), "keep", columns);
    reasons(map.get("blank"), PackRule.BLANK, columns);
    entries(map.get("columns"))
        .forEach((column, e) -> put(columns, column, FlowText.of(e.value()), reason(e.value()), e));
    Node having = map.get("having");
    Node truncate = map.get("truncate");
    return new PackTable(
        TablePattern.of(key),
        having == null ? List.of() : names(having),
        truncate == null ? null : text(truncate),
        columns);
  }

  /** The reason for a mask, or for a list of cases. Packs have such lists for settings only. */
  private static String reason(Node rule) {
    return rule instanceof SequenceNode
        ? "a setting; credentials and addresses are masked"
        : "personal data";
  }

  /** Reads a map from reasons to columns. */
  private void reasons(@Nullable Node node, String rule, Map<String, PackRule> columns) {
    entries(node)
        .forEach(
            (reason, entry) ->
                names(entry.value()).forEach(c -> put(columns, c, rule, reason, entry)));
  }

  private void put(
      Map<String, PackRule> columns,
      String column,
      String rule,
      String reason,
      YamlMap.Entry entry) {
    if (columns.putIfAbsent(column, new PackRule(rule, name + ": " + reason)) != null) {
      scope.problem(entry.line(), "The column " + column + " has two rules. Remove one of them.");
    }
  }

  private SettingColumns settings(YamlMap map) {
    map.only(List.of("tables", "columns", "key", "names", "reason"));
    Node tables = map.get("tables");
    Node key = map.get("key");
    return new SettingColumns(
        tables == null ? null : Pattern.compile(text(tables)),
        Pattern.compile(text(map.require("columns", "columns: REGEX"))),
        key == null
            ? null
            : new SettingColumns.Names(
                Pattern.compile(text(key)), text(map.require("names", "names: REGEX"))),
        text(map.require("reason", "reason: TEXT")));
  }

  private Map<String, YamlMap.Entry> entries(@Nullable Node node) {
    YamlMap map = node == null ? null : YamlMap.read(node, scope, "a map");
    return map == null ? Map.of() : map.entries();
  }

  private List<YamlMap> maps(@Nullable Node node) {
    List<YamlMap> maps = new ArrayList<>();
    for (Node item : list(node)) {
      YamlMap map = YamlMap.read(item, scope, "a map");
      if (map != null) {
        maps.add(map);
      }
    }
    return maps;
  }

  private List<Node> list(@Nullable Node node) {
    List<Node> nodes = node == null ? null : Scalars.list(node, scope, "a list");
    return nodes == null ? List.of() : nodes;
  }

  private List<String> names(Node node) {
    return Scalars.names(node, scope, "a list of columns");
  }

  private String text(@Nullable Node node) {
    String text = node == null ? null : Scalars.text(node, scope, "a text");
    return text == null ? "" : text;
  }
}
