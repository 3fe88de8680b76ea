package dev.decant.policy.propose;

import dev.decant.policy.rule.KeyCheck;
import dev.decant.policy.rule.TableResolver;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The groups of columns that hold the same keys, because foreign keys tie them together over any
 * number of steps. The columns of a group need the same rule. A partition counts as the partitioned
 * table at the top.
 */
final class KeyGroups {
  /** A column of a table. */
  record Place(TableName table, String column) {}

  private final Schema schema;
  private final TableResolver tables;
  private final Map<Place, Set<Place>> tied = new HashMap<>();
  private final Set<Place> referenced = new HashSet<>();

  /** The keys of tables that may lack a partition for a masked row. */
  private final Set<Place> partitionKeys = new HashSet<>();

  private final Map<Place, Set<UniqueKey>> keys = new HashMap<>();
  private final Set<Place> surrogates = new HashSet<>();

  KeyGroups(Schema schema, TableResolver tables) {
    this.schema = schema;
    this.tables = tables;
    schema.foreignKeys().forEach(this::tie);
    Set<TableName> bounded =
        schema.tables().stream()
            .filter(table -> table.partitioned() && !table.takesAnyRow())
            .map(table -> tables.root(table.name()))
            .collect(Collectors.toSet());
    for (Table table : schema.tables()) {
      if (bounded.contains(tables.root(table.name()))) {
        table.partitionKey().forEach(column -> partitionKeys.add(place(table.name(), column)));
      }
      inheritedBounds(table);
    }
    for (UniqueKey key : schema.uniqueKeys()) {
      key.columns().stream()
          .filter(column -> !KeyCheck.isUniqueWithout(column, key, schema))
          .forEach(column -> key(key, column));
    }
  }

  /**
   * Before PostgreSQL had partitions, tables were divided by inheritance, and TimescaleDB still
   * does so: each child has a CHECK of its own that bounds a column of the parent. Such a column is
   * like a partition key.
   */
  private void inheritedBounds(Table child) {
    for (TableName parent : child.parents()) {
      for (Column column : child.columns()) {
        Set<String> inherited =
            schema.facts(parent, column.name()).checks().stream()
                .map(ColumnFacts.Check::name)
                .collect(Collectors.toSet());
        boolean bounded =
            schema.facts(child.name(), column.name()).checks().stream()
                .anyMatch(check -> !inherited.contains(check.name()));
        if (bounded) {
          partitionKeys.addAll(withAncestors(child.name(), column.name()));
        }
      }
    }
  }

  private Place place(TableName table, String column) {
    return new Place(tables.root(table), column);
  }

  private void tie(ForeignKey key) {
    IntStream.range(0, Math.min(key.columns().size(), key.referencedColumns().size()))
        .forEach(
            i -> {
              Place to = place(key.referenced(), key.referencedColumns().get(i));
              referenced.add(to);
              for (Place from : withAncestors(key.table(), key.columns().get(i))) {
                tied.computeIfAbsent(from, p -> new LinkedHashSet<>()).add(to);
                tied.computeIfAbsent(to, p -> new LinkedHashSet<>()).add(from);
              }
            });
  }

  private void key(UniqueKey key, String column) {
    for (Place place : withAncestors(key.table(), column)) {
      keys.computeIfAbsent(place, p -> new LinkedHashSet<>()).add(key);
    }
    if (key.kind() == UniqueKey.Kind.PRIMARY_KEY
        && schema.facts(key.table(), column).serverMade()) {
      surrogates.add(place(key.table(), column));
    }
  }

  /**
   * The column, and that of the tables which its table inherits it from. A key of an inheritance
   * child also concerns the column of the parent, because the parent's rule applies to the child.
   */
  private Set<Place> withAncestors(TableName child, String column) {
    Set<Place> places = new LinkedHashSet<>();
    Deque<TableName> open = new ArrayDeque<>(List.of(tables.root(child)));
    while (!open.isEmpty()) {
      TableName table = open.poll();
      places.add(new Place(table, column));
      schema.table(table).stream()
          .flatMap(t -> t.parents().stream())
          .filter(p -> schema.table(p).flatMap(t -> t.column(column)).isPresent())
          .forEach(open::add);
    }
    return places;
  }

  /** The columns that hold the same keys. The column itself is the first. */
  Set<Place> group(Place column) {
    Set<Place> group = new LinkedHashSet<>(List.of(column));
    Deque<Place> open = new ArrayDeque<>(group);
    while (!open.isEmpty()) {
      for (Place next : tied.getOrDefault(open.poll(), Set.of())) {
        if (group.add(next)) {
          open.add(next);
        }
      }
    }
    return group;
  }

  /**
   * Whether the column is a primary key that the server makes, so that it says nothing about the
   * row. The constraints of the schema decide this, not the name.
   */
  boolean surrogate(Place column) {
    return surrogates.contains(column);
  }

  /** The keys that a column is part of. */
  Set<UniqueKey> uniqueKeys(Place column) {
    return keys.getOrDefault(column, Set.of());
  }

  /** Whether the column is part of a primary key. */
  boolean primaryKey(Place column) {
    return keys.getOrDefault(column, Set.of()).stream()
        .anyMatch(key -> key.kind() == UniqueKey.Kind.PRIMARY_KEY);
  }

  boolean unique(Place column) {
    return keys.containsKey(column);
  }

  boolean inPartitionKey(Place column) {
    return partitionKeys.contains(column);
  }

  /** Whether NULL in all rows would break no key of the column and no reference to it. */
  boolean mayBeNull(Place column) {
    boolean otherColumns =
        schema.foreignKeys().stream()
            .anyMatch(
                k ->
                    k.columns().size() > 1
                        && tables.root(k.table()).equals(column.table)
                        && k.columns().contains(column.column));
    return !referenced.contains(column)
        && !otherColumns
        && keys.getOrDefault(column, Set.of()).stream()
            .allMatch(
                key ->
                    !key.nullsEqual()
                        && (key.kind() == UniqueKey.Kind.UNIQUE
                            || (key.kind() == UniqueKey.Kind.UNIQUE_INDEX
                                && key.columns().size() == 1)));
  }
}
