package dev.decant.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of a database and what ties their columns. Unique and foreign keys are empty until
 * post-data DDL has run.
 */
public final class Schema {
  private final Map<TableName, Table> tables;
  private final List<UniqueKey> uniqueKeys;
  private final List<ForeignKey> foreignKeys;

  public Schema(List<Table> tables, List<UniqueKey> uniqueKeys, List<ForeignKey> foreignKeys) {
    this.tables =
        tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));
    this.uniqueKeys = List.copyOf(uniqueKeys);
    this.foreignKeys = List.copyOf(foreignKeys);
  }

  /** All tables, by name. */
  public List<Table> tables() {
    return tables.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  public Optional<Table> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  public List<UniqueKey> uniqueKeys() {
    return uniqueKeys;
  }

  public List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }
}
