package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about the foreign keys to tables whose rows are left out. Either the referring column
 * becomes NULL, or the rows are not left out.
 *
 * @param written the tables that have an entry in the policy, whose rules are not changed
 */
record CutReferences(Schema schema, Set<TableName> written) {
  /** Removes the tables to which rows of other tables would still refer. */
  void restrict(Set<TableName> truncated) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ForeignKey key : schema.foreignKeys()) {
        if (isCut(key, truncated) && column(key).isEmpty()) {
          changed |= truncated.remove(key.referenced());
        }
      }
    }
  }

  /** The rules for the referring columns. */
  Map<TableName, Map<String, PackRule>> rules(Set<TableName> truncated) {
    Map<TableName, Map<String, PackRule>> rules = new HashMap<>();
    for (ForeignKey key : schema.foreignKeys()) {
      if (isCut(key, truncated)) {
        PackRule rule =
            new PackRule(
                "nullify", "it refers to rows of " + key.referenced() + ", which are left out");
        column(key)
            .ifPresent(
                c -> rules.computeIfAbsent(key.table(), t -> new HashMap<>()).put(c.name(), rule));
      }
    }
    return rules;
  }

  private static boolean isCut(ForeignKey key, Set<TableName> truncated) {
    return truncated.contains(key.referenced()) && !truncated.contains(key.table());
  }

  /** The column that may become NULL. A key of several columns could be MATCH FULL. */
  private Optional<Column> column(ForeignKey key) {
    if (written.contains(key.table()) || key.columns().size() != 1) {
      return Optional.empty();
    }
    return schema
        .table(key.table())
        .filter(t -> t.partitionOf() == null && t.parents().isEmpty())
        .flatMap(t -> column(t, key.columns().getFirst()));
  }

  private Optional<Column> column(Table table, String name) {
    boolean referenced =
        schema.foreignKeys().stream()
            .anyMatch(
                k -> k.referenced().equals(table.name()) && k.referencedColumns().contains(name));
    return table
        .column(name)
        .filter(c -> !c.generated() && !c.constrained() && !referenced)
        .filter(c -> !table.partitionKey().contains(name))
        .filter(c -> Blank.mayBeNull(schema, table, c));
  }
}
