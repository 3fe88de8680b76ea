package dev.decant.sanitize.violation;

import dev.decant.dump.DumpHeader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.Violation;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import dev.decant.verify.ViolationCount;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Describes the constraints that the rows violate: the table, the name of the constraint, how many
 * rows violate it, and whether the dump or the policy must be changed.
 */
public final class ViolatedConstraints {
  /** Protects against a cycle among the partitions that the catalog reports. */
  private static final int MOST_PARTITION_LEVELS = 100;

  /** The predicate of a partial index. A name with this word only costs the number of rows. */
  private static final Pattern WHERE = Pattern.compile("(?i)\\bWHERE\\b");

  private static final String OF_MASKS =
      "Change the masks of the columns of these constraints, or change the sql steps."
          + " docs/masks.md says which masks keep different values different.";

  private final Schema catalog;
  private final Set<TableName> copied;
  private final ViolationCause causes;
  private final DumpHeader header;

  /**
   * Describes violations in a database with this schema.
   *
   * @param copied the tables that have a COPY block in the dump
   */
  public ViolatedConstraints(
      Schema catalog, Set<TableName> copied, ViolationCause causes, DumpHeader header) {
    this.catalog = catalog;
    this.copied = copied;
    this.causes = causes;
    this.header = header;
  }

  /**
   * Makes the error that lists all violations.
   *
   * @param connection to the database with the rows, in which the rows are counted
   */
  public DecantException error(Connection connection, List<Violation> violations) {
    StringBuilder ofDump = new StringBuilder();
    StringBuilder ofMasks = new StringBuilder();
    for (Violation violation : violations) {
      boolean dump = cause(connection, violation) == ViolationCause.Kind.DUMP;
      (dump ? ofDump : ofMasks).append("\n  ").append(describe(connection, violation, dump));
    }
    StringBuilder message = new StringBuilder();
    if (!ofDump.isEmpty()) {
      message
          .append("The rows of the dump violate its own constraints, so nothing is published:")
          .append(ofDump)
          .append("\nThe masks are not the cause: they make keys equal only if the dump has equal")
          .append(" keys. ")
          .append(remedy());
    }
    if (!ofMasks.isEmpty()) {
      message
          .append(message.isEmpty() ? "" : "\n")
          .append("The masked rows violate constraints, so nothing is published:")
          .append(ofMasks)
          .append('\n')
          .append(OF_MASKS);
    }
    return new DecantException(ErrorCode.CONSTRAINT_VIOLATED, message.toString());
  }

  private String remedy() {
    String version = header.dumpVersion();
    return (version == null ? "" : "The dump was made by pg_dump " + version + ". ")
        + "If it is only a part of a dump, or was edited, make a complete one. Otherwise run the"
        + " queries above in production, with SET enable_indexscan = off and SET"
        + " enable_indexonlyscan = off because an index there may be damaged, correct the rows"
        + " that they count, run REINDEX on the table, and make the dump again.";
  }

  private ViolationCause.Kind cause(Connection connection, Violation violation) {
    Optional<ForeignKey> foreign = foreignKey(violation);
    if (foreign.isPresent()) {
      ForeignKey key = foreign.get();
      boolean exact =
          exact(connection, key.table(), key.columns())
              && exact(connection, key.referenced(), key.referencedColumns());
      return absentParent(key).isPresent() ? ViolationCause.Kind.DUMP : causes.of(key, exact);
    }
    return uniqueKey(violation)
        .map(key -> causes.of(key, exact(connection, key.table(), key.columns())))
        .orElseGet(() -> causes.ofCheck(violation));
  }

  /** Whether no column has a type or a collation for which different texts are equal. */
  private static boolean exact(Connection connection, TableName table, List<String> columns) {
    String names = columns.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    return Queries.number(
            connection,
            "SELECT count(*) FROM pg_catalog.pg_attribute a"
                + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation"
                + " WHERE a.attrelid = "
                + Quoting.literal(table.sql())
                + "::pg_catalog.regclass AND a.attname IN ("
                + names
                + ") AND (t.typname = 'citext' OR t.typtype = 'd' OR NOT c.collisdeterministic)",
            "reading the collations of table " + table)
        == 0;
  }

  private String describe(Connection connection, Violation violation, boolean dump) {
    String table = violation.table().map(TableName::toString).orElse("unknown");
    String name = violation.constraint().orElse(violation.statement().object());
    String what = "table " + table + ", constraint " + TableName.quoted(name);
    long line = violation.statement().line();
    Optional<String> query = countQuery(violation);
    String violating =
        query.map(q -> count(connection, q, what) + " rows violate it").orElse("rows violate it");
    String remark = foreignKey(violation).map(this::remark).orElse("");
    return (dump && line > 0 ? "line " + line + " of the dump, " : "")
        + what
        + ": "
        + violating
        + remark
        + (dump && remark.isEmpty() ? query.map(q -> ". Count them by " + q).orElse("") : "");
  }

  private String remark(ForeignKey key) {
    return absentParent(key)
        .orElse(
            causes.of(key, false) == ViolationCause.Kind.LEFT_OUT
                ? ". The policy leaves out rows of table "
                    + key.referenced()
                    + ", to which these rows refer. Leave these rows out too, or nullify the"
                    + " columns"
                : "");
  }

  /** A dump of some tables (-t, --exclude-table-data) may lack rows that other tables refer to. */
  private Optional<String> absentParent(ForeignKey key) {
    return Optional.of(key.referenced())
        .filter(parent -> copied.stream().noneMatch(table -> isOf(table, parent)))
        .map(
            parent ->
                ". The dump has no rows of table "
                    + parent
                    + ", to which these rows refer. Dump that table too, or nullify the columns");
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

  private Optional<UniqueKey> uniqueKey(Violation violation) {
    String name = violation.constraint().orElse("");
    TableName table = violation.table().orElse(new TableName("", ""));
    return catalog.uniqueKeys().stream()
        .filter(k -> k.name().equals(name) && k.table().equals(table))
        .findFirst();
  }

  /** There is no query for keys that may compare results of expressions, or only some rows. */
  private Optional<String> countQuery(Violation violation) {
    return foreignKey(violation)
        .map(ViolationCount::ofForeignKey)
        .or(
            () ->
                uniqueKey(violation)
                    .filter(key -> key.kind() != UniqueKey.Kind.EXCLUDE)
                    .filter(key -> key.columns().equals(key.plain()))
                    .filter(_ -> !WHERE.matcher(violation.statement().sql()).find())
                    .map(ViolationCount::ofUnique));
  }

  private static long count(Connection connection, String query, String doing) {
    return Queries.number(connection, query, "counting the rows of " + doing);
  }
}
