package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The rules of a pack for the tables and columns that exist. */
final class FoundRules {
  private final Pack pack;
  private final Schema schema;
  private final UnaryOperator<String> words;
  private final Map<TableName, Map<String, PackRule>> columns = new TreeMap<>();
  private final Map<TableName, String> truncated = new TreeMap<>();
  private final Map<TableName, List<Blanked>> blank = new TreeMap<>();

  /**
   * Finds the rules.
   *
   * @param tables the tables that the pack may know
   * @param words gives the words of a name, with underscores between them
   */
  FoundRules(Pack pack, Schema schema, List<Table> tables, UnaryOperator<String> words) {
    this.pack = pack;
    this.schema = schema;
    this.words = words;
    tables.forEach(this::table);
  }

  private void table(Table table) {
    List<PackTable> known = pack.tables().stream().filter(t -> t.matches(table)).toList();
    known.stream()
        .flatMap(t -> Optional.ofNullable(t.truncate()).stream())
        .findFirst()
        .ifPresent(why -> truncated.put(table.name(), pack.name() + ": " + why));
    List<SettingColumns> settings =
        pack.settings().stream().filter(s -> s.in(table, words)).toList();
    if (!known.isEmpty() || !settings.isEmpty()) {
      table.columns().stream()
          .filter(column -> !column.generated())
          .forEach(column -> column(known, settings, table, column));
    }
  }

  private void column(
      List<PackTable> known, List<SettingColumns> settings, Table table, Column column) {
    Optional<PackRule> rule =
        known.stream()
            .flatMap(t -> Optional.ofNullable(t.columns().get(column.name())).stream())
            .findFirst();
    if (rule.isEmpty()) {
      settings.stream()
          .filter(s -> s.match(column, words))
          .findFirst()
          .ifPresent(s -> setting(table, column, s));
    } else if (rule.get().blanks()) {
      Blank.mask(schema, table, column)
          .ifPresent(mask -> put(table, new Blanked(column, mask), rule.get().reason()));
    } else {
      of(table.name()).put(column.name(), rule.get());
    }
  }

  private void setting(Table table, Column column, SettingColumns setting) {
    Optional<String> mask = Blank.mask(schema, table, column);
    if (mask.isEmpty()) {
      return;
    }
    String reason = pack.name() + ": " + setting.reason();
    SettingColumns.Names names = setting.names();
    if (names == null) {
      put(table, new Blanked(column, mask.get()), reason);
      return;
    }
    Column name = setting.nameColumn(table, words).orElseThrow();
    put(table, new Blanked(column, mask.get(), name, names.pattern()), reason);
    of(table.name()).put(name.name(), new PackRule("keep", pack.name() + ": name of a setting"));
  }

  private void put(Table table, Blanked blanked, String reason) {
    of(table.name()).put(blanked.column().name(), new PackRule(blanked.yaml(), reason));
    blank.computeIfAbsent(table.name(), t -> new ArrayList<>()).add(blanked);
  }

  private Map<String, PackRule> of(TableName table) {
    return columns.computeIfAbsent(table, t -> new LinkedHashMap<>());
  }

  /** The columns that packs know, by table. */
  static final class Taken {
    private final Map<TableName, Set<String>> columns = new HashMap<>();
    private final Set<TableName> truncated = new HashSet<>();
  }

  /** Removes the rules for columns that earlier packs know, and takes the other columns. */
  void take(Taken taken) {
    for (TableName table : tables()) {
      if (taken.truncated.contains(table)) {
        columns.remove(table);
        blank.remove(table);
        truncated.remove(table);
      } else if (taken.columns.containsKey(table)) {
        Set<String> theirs = taken.columns.get(table);
        of(table).keySet().removeAll(theirs);
        blank.computeIfPresent(
            table,
            (t, all) -> all.stream().filter(b -> !theirs.contains(b.column().name())).toList());
        truncated.remove(table);
      }
    }
    columns.values().removeIf(Map::isEmpty);
    blank.values().removeIf(List::isEmpty);
    columns.forEach(
        (table, rules) ->
            taken.columns.computeIfAbsent(table, t -> new HashSet<>()).addAll(rules.keySet()));
    taken.truncated.addAll(truncated.keySet());
  }

  /** The tables for which there are rules. */
  Set<TableName> tables() {
    Set<TableName> tables = new HashSet<>(columns.keySet());
    tables.addAll(truncated.keySet());
    return tables;
  }

  Optional<PackRule> rule(TableName table, String column) {
    return Optional.ofNullable(columns.getOrDefault(table, Map.of()).get(column));
  }

  /** The tables whose rows should be left out, with the reasons. */
  Map<TableName, String> truncated() {
    return truncated;
  }

  /** The columns that become blank, by table. */
  Map<TableName, List<Blanked>> blank() {
    return blank;
  }
}
