package dev.decant.inspect;

import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import dev.decant.schema.UniqueKey.Kind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether keys that were read from text fit the tables that the server has created. */
final class KeyFit {
  /** The largest number of columns of an index. */
  private static final int MOST_COLUMNS = 32;

  /** The types whose values a btree index sorts without the name of an operator class. */
  private static final Set<TypeCategory> SORTED =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT,
          TypeCategory.NUMERIC,
          TypeCategory.FLOAT,
          TypeCategory.BOOLEAN,
          TypeCategory.DATE,
          TypeCategory.TIMESTAMP,
          TypeCategory.TIME,
          TypeCategory.INTERVAL,
          TypeCategory.UUID,
          TypeCategory.BYTEA,
          TypeCategory.INET,
          TypeCategory.CIDR,
          TypeCategory.MACADDR,
          TypeCategory.ENUM);

  private static final Set<TypeCategory> INTEGERS =
      EnumSet.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);

  private final Schema schema;

  /** How many relations have a name. */
  private final Map<TableName, Long> names;

  /** How many primary keys a table has. */
  private final Map<TableName, Long> primaryKeys;

  /** The sets of columns that a foreign key may refer to. */
  private final Map<TableName, Set<Set<String>>> referable = new HashMap<>();

  /**
   * @param schema the schema that the server has
   * @param written the keys that were read from text
   */
  KeyFit(Schema schema, Collection<UniqueKey> written) {
    this.schema = schema;
    List<UniqueKey> all = Stream.concat(schema.uniqueKeys().stream(), written.stream()).toList();
    this.names =
        counted(
            Stream.concat(
                schema.tables().stream().map(Table::name), all.stream().map(KeyFit::name)));
    this.primaryKeys =
        counted(all.stream().filter(k -> k.kind() == Kind.PRIMARY_KEY).map(UniqueKey::table));
    Stream.concat(
            written.stream(),
            // An index of the server may have a predicate or an expression.
            schema.uniqueKeys().stream()
                .filter(k -> k.kind() == Kind.PRIMARY_KEY || k.kind() == Kind.UNIQUE))
        .forEach(
            key ->
                referable
                    .computeIfAbsent(key.table(), t -> new HashSet<>())
                    .add(Set.copyOf(key.columns())));
  }

  private static Map<TableName, Long> counted(Stream<TableName> names) {
    return names.collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }

  /** The name of an index, which no other relation of its schema may have. */
  private static TableName name(UniqueKey key) {
    return new TableName(key.table().schema(), key.name());
  }

  boolean fits(UniqueKey key) {
    Table table = schema.table(key.table()).orElse(null);
    return table != null
        && isAlone(table)
        && names.getOrDefault(name(key), 0L) == 1
        && (key.kind() != Kind.PRIMARY_KEY || primaryKeys.getOrDefault(key.table(), 0L) == 1)
        && key.columns().size() <= MOST_COLUMNS
        && Set.copyOf(key.columns()).size() == key.columns().size()
        && key.columns().stream().map(table::column).allMatch(KeyFit::isSorted);
  }

  private static boolean isAlone(Table table) {
    return !table.partitioned() && table.partitionOf() == null && table.parents().isEmpty();
  }

  private static boolean isSorted(Optional<Column> column) {
    return column.filter(c -> SORTED.contains(c.type().category())).isPresent();
  }

  boolean fits(ForeignKey key) {
    Table table = schema.table(key.table()).orElse(null);
    Table referenced = schema.table(key.referenced()).orElse(null);
    return table != null
        && referenced != null
        && isAlone(table)
        && referable
            .getOrDefault(key.referenced(), Set.of())
            .contains(Set.copyOf(key.referencedColumns()))
        && IntStream.range(0, key.columns().size())
            .allMatch(
                i ->
                    comparable(
                        table.column(key.columns().get(i)),
                        referenced.column(key.referencedColumns().get(i))));
  }

  private static boolean comparable(Optional<Column> from, Optional<Column> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return false;
    }
    TypeCategory one = from.get().type().category();
    TypeCategory other = to.get().type().category();
    return from.get().type().name().equals(to.get().type().name())
        || (INTEGERS.contains(one) && INTEGERS.contains(other))
        || (one == TypeCategory.TEXT && other == TypeCategory.TEXT);
  }
}
