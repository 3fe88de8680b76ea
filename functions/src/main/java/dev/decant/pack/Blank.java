package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the mask that leaves nothing of the values of a column. */
final class Blank {
  private static final Set<TypeCategory> MAY_BE_EMPTY =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.BYTEA,
          TypeCategory.JSON,
          TypeCategory.HSTORE,
          TypeCategory.ARRAY);

  private Blank() {}

  /** The mask {@code nullify} or {@code empty}; empty if neither serves the column. */
  static Optional<String> mask(Schema schema, Table table, Column column) {
    boolean tied =
        table.partitionKey().contains(column.name())
            || schema.foreignKeys().stream().anyMatch(k -> reads(k, table.name(), column.name()));
    if (tied) {
      return Optional.empty();
    }
    if (mayBeNull(schema, table, column)) {
      return Optional.of("nullify");
    }
    return !column.constrained()
            && keys(schema, table, column).isEmpty()
            && MAY_BE_EMPTY.contains(column.type().category())
        ? Optional.of("empty")
        : Optional.empty();
  }

  /** Whether NULL in all rows breaks no key of the table. */
  static boolean mayBeNull(Schema schema, Table table, Column column) {
    return !column.notNull() && keys(schema, table, column).stream().allMatch(Blank::takesNulls);
  }

  private static List<UniqueKey> keys(Schema schema, Table table, Column column) {
    return schema.uniqueKeys().stream()
        .filter(k -> k.table().equals(table.name()) && k.columns().contains(column.name()))
        .toList();
  }

  private static boolean reads(ForeignKey key, TableName table, String column) {
    return (key.table().equals(table) && key.columns().contains(column))
        || (key.referenced().equals(table) && key.referencedColumns().contains(column));
  }

  private static boolean takesNulls(UniqueKey key) {
    return key.kind() == UniqueKey.Kind.UNIQUE
        || (key.kind() == UniqueKey.Kind.UNIQUE_INDEX && key.columns().size() == 1);
  }
}
