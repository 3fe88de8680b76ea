package dev.decant.policy.parse;

import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code quasi-identifiers} and {@code k-anonymity}. An entry that would count or assert
 * nothing is a problem.
 */
record QuasiIdentifierParser(Scope scope) {
  private static final String EXAMPLE = "{ public.user: [birth_date, postcode] }";
  private static final int MOST = 1_000_000;

  Policy.Reidentification parse(@Nullable Node tables, @Nullable Node limit) {
    List<Policy.QuasiIdentifiers> parsed = tables == null ? List.of() : tables(tables);
    if (limit != null && tables == null) {
      scope.problem(
          limit,
          "The key k-anonymity asserts nothing without quasi-identifiers. Write quasi-identifiers: "
              + EXAMPLE
              + ", or remove it.");
    }
    return new Policy.Reidentification(parsed, limit == null ? 0 : atLeast(limit));
  }

  private List<Policy.QuasiIdentifiers> tables(Node node) {
    YamlMap map = YamlMap.read(node, scope, EXAMPLE);
    if (map != null && map.entries().isEmpty()) {
      scope.problem(node, "There is no table here. Write " + EXAMPLE + ", or remove the key.");
    }
    List<Policy.QuasiIdentifiers> parsed = new ArrayList<>();
    Set<TableName> names = new HashSet<>();
    for (YamlMap.Entry entry : map == null ? List.<YamlMap.Entry>of() : map.entries().values()) {
      TableName table = NameParser.table(entry.key(), entry.line(), scope);
      if (table == null) {
        continue;
      }
      Scope inTable = scope.in(table);
      if (!names.add(table)) {
        inTable.problem(entry.line(), "The table has two entries. Remove one of them.");
      }
      parsed.add(new Policy.QuasiIdentifiers(table, entry.line(), columns(entry.value(), inTable)));
    }
    return parsed;
  }

  private static List<String> columns(Node node, Scope scope) {
    String what = "a list of columns, for example [birth_date, postcode]";
    List<Node> nodes = Scalars.list(node, scope, what);
    if (nodes == null) {
      return List.of();
    }
    if (nodes.isEmpty()) {
      scope.problem(node, "The list is empty. Write " + what + ", or remove the table.");
    }
    List<String> columns = new ArrayList<>();
    for (Node item : nodes) {
      String name = Scalars.name(item, scope, "the name of a column");
      String column = name == null ? null : NameParser.column(name);
      if (column != null && columns.contains(column)) {
        scope
            .at(column)
            .problem(YamlFile.line(item), "The column is in the list twice. Remove one of them.");
      } else if (column != null) {
        columns.add(column);
      }
    }
    return columns;
  }

  private int atLeast(Node node) {
    YamlMap map = YamlMap.read(node, scope, "{ at-least: 5 }");
    if (map == null) {
      return 0;
    }
    map.only(List.of("at-least"));
    Node value = map.require("at-least", "at-least: 5");
    Long number = value == null ? null : Scalars.integer(value, scope);
    if (value != null && number != null && (number < 2 || number > MOST)) {
      scope.problem(
          value,
          "The value of at-least is not from 2 to 1000000, so it would assert nothing. Write for"
              + " example 5.");
      return 0;
    }
    return number == null ? 0 : number.intValue();
  }
}
