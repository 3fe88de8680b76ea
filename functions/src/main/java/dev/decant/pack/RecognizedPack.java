package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pack whose application was found in a schema, with its rules for the tables and columns that
 * exist there.
 */
public final class RecognizedPack {
  private static final Pattern PLACE =
      Pattern.compile("\\{([a-z_][a-z0-9_.]*)(?::([A-Za-z_][A-Za-z0-9_]*))?\\}");

  private final Pack pack;
  private final List<Table> part;
  private final Map<TableName, Map<String, PackRule>> rules = new TreeMap<>();
  private final Map<TableName, String> truncated = new TreeMap<>();
  private final Map<TableName, List<Blanked>> blank = new TreeMap<>();

  RecognizedPack(Pack pack, Schema schema, List<Table> part, UnaryOperator<String> words) {
    this.pack = pack;
    this.part = part;
    for (Table table : part) {
      List<PackTable> known = pack.tables().stream().filter(t -> t.matches(table)).toList();
      known.stream()
          .flatMap(t -> Optional.ofNullable(t.truncate()).stream())
          .findFirst()
          .ifPresent(why -> truncated.put(table.name(), pack.name() + ": " + why));
      for (Column column : table.columns()) {
        if (!column.generated()) {
          rule(known, schema, table, column, words);
        }
      }
    }
  }

  private void rule(
      List<PackTable> known,
      Schema schema,
      Table table,
      Column column,
      UnaryOperator<String> words) {
    Optional<PackRule> rule =
        known.stream()
            .flatMap(t -> Optional.ofNullable(t.columns().get(column.name())).stream())
            .findFirst();
    if (rule.isPresent() && !rule.get().blanks()) {
      columns(table.name()).put(column.name(), rule.get());
      return;
    }
    Optional<SettingColumns> setting =
        rule.isPresent()
            ? Optional.empty()
            : pack.settings().stream().filter(s -> s.match(table, column, words)).findFirst();
    if (rule.isPresent() || setting.isPresent()) {
      String reason =
          rule.map(PackRule::reason)
              .orElseGet(() -> pack.name() + ": " + setting.orElseThrow().reason());
      Blank.mask(schema, table, column)
          .map(mask -> blanked(table, column, mask, setting, words))
          .ifPresent(blanked -> put(table.name(), blanked, reason));
    }
  }

  private static Blanked blanked(
      Table table,
      Column column,
      String mask,
      Optional<SettingColumns> setting,
      UnaryOperator<String> words) {
    SettingColumns.Names names = setting.map(SettingColumns::names).orElse(null);
    return names == null
        ? new Blanked(column, mask)
        : new Blanked(
            column,
            mask,
            setting.orElseThrow().nameColumn(table, words).orElseThrow(),
            names.pattern());
  }

  private void put(TableName table, Blanked blanked, String reason) {
    columns(table).put(blanked.column().name(), new PackRule(blanked.yaml(), reason));
    blank.computeIfAbsent(table, t -> new ArrayList<>()).add(blanked);
    if (blanked.names() != null) {
      String keep = pack.name() + ": name of a setting";
      columns(table).put(blanked.names().name(), new PackRule("keep", keep));
    }
  }

  private Map<String, PackRule> columns(TableName table) {
    return rules.computeIfAbsent(table, t -> new LinkedHashMap<>());
  }

  /** Removes the rules for columns that an earlier pack knows. */
  void leaveTo(RecognizedPack earlier) {
    for (TableName table : earlier.tables()) {
      Set<String> theirs = earlier.rules.getOrDefault(table, Map.of()).keySet();
      columns(table).keySet().removeAll(theirs);
      blank.computeIfPresent(
          table,
          (t, all) -> all.stream().filter(b -> !theirs.contains(b.column().name())).toList());
      if (earlier.truncated.containsKey(table)) {
        rules.remove(table);
        blank.remove(table);
      } else {
        truncated.remove(table);
      }
    }
    rules.values().removeIf(Map::isEmpty);
    blank.values().removeIf(List::isEmpty);
  }

  /** The name of the pack, for the key {@code packs} of a policy. */
  public String name() {
    return pack.name();
  }

  /** The tables for which the pack has rules. */
  public Set<TableName> tables() {
    Map<TableName, Object> all = new HashMap<>(truncated);
    all.putAll(rules);
    return Set.copyOf(all.keySet());
  }

  Optional<PackRule> rule(TableName table, String column) {
    return Optional.ofNullable(rules.getOrDefault(table, Map.of()).get(column));
  }

  /** The tables whose rows should be left out, with the reasons. */
  Map<TableName, String> truncated() {
    return truncated;
  }

  /** The statements that neutralize rows. They name only tables and columns that exist. */
  public List<String> sql() {
    return pack.sql().stream().flatMap(text -> filled(text).stream()).toList();
  }

  /**
   * The assertions that check the neutralization by the pack.
   *
   * @param withoutRows the tables whose rows are left out
   */
  List<PackAssertion> assertions(Set<TableName> withoutRows) {
    List<PackAssertion> all = new ArrayList<>();
    for (PackAssertion assertion : pack.assertions()) {
      filled(assertion.sql())
          .ifPresent(sql -> all.add(new PackAssertion(named(assertion.name()), sql)));
    }
    blank.forEach(
        (table, columns) -> {
          if (!withoutRows.contains(table)) {
            all.add(blank(table, columns));
          }
        });
    truncated.forEach(
        (table, reason) -> {
          if (withoutRows.contains(table)) {
            all.add(
                new PackAssertion(
                    pack.name() + ": " + table + " has no rows",
                    "SELECT 1 FROM " + table.sql() + " LIMIT 1"));
          }
        });
    return all;
  }

  private PackAssertion blank(TableName table, List<Blanked> columns) {
    String names =
        columns.stream()
            .map(b -> TableName.quoted(b.column().name()))
            .collect(Collectors.joining(", "));
    boolean all = columns.stream().allMatch(b -> b.names() == null);
    return new PackAssertion(
        pack.name()
            + ": "
            + table
            + " has "
            + (all ? "nothing" : "no credentials")
            + " in "
            + names,
        "SELECT 1 FROM "
            + table.sql()
            + " WHERE "
            + columns.stream().map(Blanked::violated).collect(Collectors.joining(" OR "))
            + " LIMIT 1");
  }

  /** The name of an assertion, which is unique even if the application is installed twice. */
  private String named(String sentence) {
    String schema = part.getFirst().name().schema();
    boolean one = pack.namesSchemas() || schema.equals("public");
    return pack.name() + ": " + sentence + (one ? "" : " (" + schema + ")");
  }

  private Optional<Table> table(String name) {
    TablePattern exact = TablePattern.of(name);
    return part.stream().filter(t -> exact.matches(t.name())).findFirst();
  }

  /** The text with the names of tables and columns; empty if one of them does not exist. */
  private Optional<String> filled(String text) {
    StringBuilder out = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      Optional<Table> table = table(place.group(1));
      String column = place.group(2);
      if (table.isEmpty() || (column != null && table.get().column(column).isEmpty())) {
        return Optional.empty();
      }
      String name = column == null ? table.get().name().sql() : TableName.alwaysQuoted(column);
      place.appendReplacement(out, Matcher.quoteReplacement(name));
    }
    return Optional.of(place.appendTail(out).toString());
  }
}
