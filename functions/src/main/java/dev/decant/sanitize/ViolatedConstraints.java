package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.Violation;
import dev.decant.postgres.Queries;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.verify.ViolationCount;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Describes the constraints that the masked rows violate: the table, the name of the constraint,
 * and how many rows violate it.
 */
final class ViolatedConstraints {
  /** Protects against a cycle among the partitions that the catalog reports. */
  private static final int MOST_PARTITION_LEVELS = 100;

  private final Schema catalog;
  private final Set<TableName> copied;

  /**
   * Describes violations in a database with this schema.
   *
   * @param copied the tables that have a COPY block in the dump
   */
  ViolatedConstraints(Schema catalog, Set<TableName> copied) {
    this.catalog = catalog;
    this.copied = copied;
  }

  /**
   * Makes the error that lists all violations.
   *
   * @param connection to the database with the rows, in which the rows are counted
   */
  DecantException error(Connection connection, List<Violation> violations) {
    StringBuilder message =
        new StringBuilder("The masked rows violate constraints, so nothing is published:");
    for (Violation violation : violations) {
      message.append("\n  ").append(describe(connection, violation));
    }
    message.append(
        "\n"
            + "Change the masks of the columns of these constraints, or change the sql steps."
            + " docs/masks.md says which masks keep different values different.");
    return new DecantException(ErrorCode.CONSTRAINT_VIOLATED, message.toString());
  }

  private String describe(Connection connection, Violation violation) {
    String table = violation.table().map(TableName::toString).orElse("unknown");
    String name = violation.constraint().orElse(violation.statement().object());
    String what = "table " + table + ", constraint " + TableName.quoted(name);
    return countQuery(violation)
            .map(query -> what + ": " + count(connection, query, what) + " rows violate it")
            .orElse(what + ": at least 1 row violates it")
        + absentParent(violation);
  }

  /** A dump of some tables (-t, --exclude-table-data) may lack rows that other tables refer to. */
  private String absentParent(Violation violation) {
    return foreignKey(violation)
        .map(ForeignKey::referenced)
        .filter(parent -> copied.stream().noneMatch(table -> isOf(table, parent)))
        .map(
            parent ->
                ". The dump has no rows of table "
                    + parent
                    + ", to which these rows refer. Dump that table too, or nullify the columns")
        .orElse("");
  }

  /** Whether a table is the other table or one of its partitions, at any level. */
  private boolean isOf(TableName table, TableName other) {
    TableName each = table;
    for (int depth = 0; each != null && depth < MOST_PARTITION_LEVELS; depth++) {
      if (each.equals(other)) {
        return true;
      }
      each = catalog.table(each).map(Table::partitionOf).orElse(null);
    }
    return false;
  }

  private Optional<ForeignKey> foreignKey(Violation violation) {
    String name = violation.constraint().orElse("");
    TableName table = violation.table().orElse(new TableName("", ""));
    return catalog.foreignKeys().stream()
        .filter(k -> k.name().equals(name) && k.table().equals(table))
        .findFirst();
  }

  private Optional<String> countQuery(Violation violation) {
    String name = violation.constraint().orElse("");
    TableName table = violation.table().orElse(new TableName("", ""));
    return foreignKey(violation)
        .map(ViolationCount::ofForeignKey)
        .or(
            () ->
                catalog.uniqueKeys().stream()
                    .filter(k -> k.name().equals(name) && k.table().equals(table))
                    .map(ViolationCount::ofUnique)
                    .findFirst());
  }

  private static long count(Connection connection, String query, String doing) {
    return Queries.number(connection, query, "counting the rows of " + doing);
  }
}
