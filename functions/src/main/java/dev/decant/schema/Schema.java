package dev.decant.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database and the keys of their columns. The unique and foreign keys are empty
 * until the post-data section of a dump has run.
 */
public final class Schema {
  private final Map<TableName, Table> tables;
  private final List<Table> sorted;
  private final List<UniqueKey> uniqueKeys;
  private final List<ForeignKey> foreignKeys;
  private final Map<TableName, Map<String, ColumnFacts>> facts;

  /** A schema without known facts. */
  public Schema(List<Table> tables, List<UniqueKey> uniqueKeys, List<ForeignKey> foreignKeys) {
    this(tables, uniqueKeys, foreignKeys, Map.of());
  }

  public Schema(
      List<Table> tables,
      List<UniqueKey> uniqueKeys,
      List<ForeignKey> foreignKeys,
      Map<TableName, Map<String, ColumnFacts>> facts) {
    this.tables =
        tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));
    this.sorted = tables.stream().sorted(Comparator.comparing(Table::name)).toList();
    this.uniqueKeys = List.copyOf(uniqueKeys);
    this.foreignKeys = List.copyOf(foreignKeys);
    this.facts = Map.copyOf(facts);
  }

  /** The same schema with more columns whose values the server makes. */
  public Schema withServerMade(Map<TableName, Set<String>> columns) {
    Map<TableName, Map<String, ColumnFacts>> more = new HashMap<>(facts);
    columns.forEach(
        (table, names) -> {
          Map<String, ColumnFacts> known = new HashMap<>(facts.getOrDefault(table, Map.of()));
          names.forEach(name -> known.put(name, facts(table, name).withServerMade()));
          more.put(table, known);
        });
    return new Schema(sorted, uniqueKeys, foreignKeys, more);
  }

  /**
   * The same schema with more keys. The keys are sorted by their tables and names, and the columns
   * of primary keys are NOT NULL.
   */
  public Schema withKeys(Collection<UniqueKey> unique, Collection<ForeignKey> foreign) {
    Map<TableName, List<String>> primary =
        unique.stream()
            .filter(key -> key.kind() == UniqueKey.Kind.PRIMARY_KEY)
            .collect(Collectors.toMap(UniqueKey::table, UniqueKey::columns));
    return new Schema(
        sorted.stream().map(t -> t.withNotNull(primary.getOrDefault(t.name(), List.of()))).toList(),
        Stream.concat(uniqueKeys.stream(), unique.stream())
            .sorted(Comparator.comparing(UniqueKey::table).thenComparing(UniqueKey::name))
            .toList(),
        Stream.concat(foreignKeys.stream(), foreign.stream())
            .sorted(Comparator.comparing(ForeignKey::table).thenComparing(ForeignKey::name))
            .toList(),
        facts);
  }

  /** All tables, sorted by name. */
  public List<Table> tables() {
    return sorted;
  }

  public Optional<Table> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** Whether a table is a partition of another one, on any level. */
  public boolean isBelow(Table partition, TableName root) {
    @Nullable TableName above = partition.partitionOf();
    while (above != null && !above.equals(root)) {
      above = table(above).map(Table::partitionOf).orElse(null);
    }
    return above != null;
  }

  /** The partitioned table at the top, or the table itself. */
  public TableName root(TableName table) {
    TableName root = table;
    for (int i = 0; i < 100; i++) {
      TableName next = table(root).map(Table::partitionOf).orElse(null);
      if (next == null || table(next).isEmpty()) {
        return root;
      }
      root = next;
    }
    return root;
  }

  public List<UniqueKey> uniqueKeys() {
    return uniqueKeys;
  }

  public List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }

  /** The known facts about the values of a column. */
  public ColumnFacts facts(TableName table, String column) {
    return facts.getOrDefault(table, Map.of()).getOrDefault(column, ColumnFacts.NONE);
  }
}
