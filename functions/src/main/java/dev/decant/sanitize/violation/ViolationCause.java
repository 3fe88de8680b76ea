package dev.decant.sanitize.violation;

import dev.decant.load.Violation;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.MaskCatalog;
import dev.decant.postgres.ErrorNames;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the dump itself or what decant did to its rows violates a constraint.
 *
 * <p>Kept columns have the values of the dump. A mask gives equal results for equal values, and an
 * injective mask gives equal results for nothing else, so masked keys are equal exactly if the keys
 * of the dump are equal. No raw value is needed for this conclusion.
 */
public final class ViolationCause {
  /** Who has to change something. */
  enum Kind {
    /** The rows of the dump violate the constraint already. */
    DUMP,
    /** The policy leaves out rows to which the rows refer. */
    LEFT_OUT,
    /** The masks or the sql steps, as far as decant can know. */
    MASKS
  }

  /** A call of a function, which may read other tables. */
  private static final Pattern CALL = Pattern.compile("[\\w\"]\\(");

  private static final String OF_DUMP =
      " The policy keeps what the constraint reads, so the rows of the dump violate it already.";

  private static final String OF_EITHER =
      " If the constraint reads columns that the policy masks, choose masks whose values fit it;"
          + " docs/masks.md says what each mask writes. Otherwise the rows of the dump violate it.";

  private final Schema catalog;
  private final CheckedPolicy policy;
  private final Set<TableName> written;

  /**
   * @param written the tables whose rows the sql steps of the policy changed
   */
  public ViolationCause(Schema catalog, CheckedPolicy policy, Set<TableName> written) {
    this.catalog = catalog;
    this.policy = policy;
    this.written = written;
  }

  /**
   * The cause of a violated primary key, UNIQUE constraint or unique index.
   *
   * @param exact whether two texts are equal for the key only if their bytes are equal
   */
  Kind of(UniqueKey key, boolean exact) {
    if (written.contains(key.table())) {
      return Kind.MASKS;
    }
    boolean plain =
        switch (key.kind()) {
          case PRIMARY_KEY, UNIQUE -> true;
          case UNIQUE_INDEX, EXCLUDE -> false; // These may compare results of expressions.
        };
    boolean same =
        key.columns().stream()
            .allMatch(c -> keeps(key.table(), c) || (plain && exact && injective(key.table(), c)));
    return same ? Kind.DUMP : Kind.MASKS;
  }

  /**
   * The cause of a violated foreign key.
   *
   * @param exact whether two texts are equal for the key only if their bytes are equal
   */
  Kind of(ForeignKey key, boolean exact) {
    if (written.contains(key.table()) || written.contains(key.referenced())) {
      return Kind.MASKS;
    }
    if (leavesOut(key.referenced())) {
      return Kind.LEFT_OUT;
    }
    boolean same =
        IntStream.range(0, key.columns().size())
            .allMatch(i -> alike(key, key.columns().get(i), key.referencedColumns().get(i), exact));
    return same ? Kind.DUMP : Kind.MASKS;
  }

  /** The cause of a violated CHECK of a table. */
  Kind ofCheck(Violation violation) {
    String name = violation.constraint().orElse("");
    return violation.table().filter(table -> keepsCheck(table, name)).isPresent()
        ? Kind.DUMP
        : Kind.MASKS;
  }

  /** A sentence on the cause of an error during the load of a table, or an empty text. */
  public String ofLoad(TableName table, SQLException e) {
    if (!String.valueOf(e.getSQLState()).startsWith("23")) {
      return "";
    }
    ErrorNames names = ErrorNames.of(e);
    String column = names.column();
    String constraint = names.constraint();
    boolean kept =
        constraint != null
            ? keepsCheck(table, constraint)
            : column != null ? keeps(table, column) : keepsAll(table);
    return kept ? OF_DUMP : OF_EITHER;
  }

  /** Whether all that a CHECK of a table, or of the domain of a column, reads is kept. */
  private boolean keepsCheck(TableName table, String name) {
    return !written.contains(table)
        && catalog.table(table).stream()
            .flatMap(t -> t.columns().stream())
            .flatMap(c -> catalog.facts(table, c.name()).checks().stream())
            .filter(check -> check.name().equals(name))
            .findFirst()
            .filter(check -> !CALL.matcher(check.definition()).find())
            .filter(check -> check.columns().isEmpty() ? keepsAll(table) : keeps(table, check))
            .isPresent();
  }

  private boolean keeps(TableName table, ColumnFacts.Check check) {
    return check.columns().stream().allMatch(column -> keeps(table, column));
  }

  private boolean keepsAll(TableName table) {
    TableRule rule = policy.rules().get(table);
    return rule != null && rule.columns().values().stream().allMatch(ColumnRule::keeps);
  }

  private boolean keeps(TableName table, String column) {
    ColumnRule rule = rule(table, column);
    return rule != null && rule.keeps();
  }

  private @Nullable ColumnRule rule(TableName table, String column) {
    TableRule rule = policy.rules().get(table);
    return rule == null ? null : rule.columns().get(column);
  }

  private boolean injective(TableName table, String column) {
    ColumnRule rule = rule(table, column);
    Column found = catalog.table(table).flatMap(t -> t.column(column)).orElse(null);
    if (rule == null || found == null || rule.cases().size() != 1) {
      return false;
    }
    MaskSpec mask = rule.cases().getFirst().mask();
    return MaskCatalog.standard()
        .factory(mask.name())
        .filter(factory -> factory.injective(mask, found))
        .isPresent();
  }

  /** Whether two columns of a foreign key have equal values only where the dump has them. */
  private boolean alike(ForeignKey key, String column, String referenced, boolean exact) {
    if (keeps(key.table(), column) && keeps(key.referenced(), referenced)) {
      return true;
    }
    ColumnRule rule = rule(key.table(), column);
    return exact
        && rule != null
        && rule.cases().size() == 1
        && rule.equals(rule(key.referenced(), referenced))
        && category(key.table(), column) == category(key.referenced(), referenced);
  }

  private TypeCategory category(TableName table, String column) {
    return catalog
        .table(table)
        .flatMap(t -> t.column(column))
        .map(c -> c.type().category())
        .orElse(TypeCategory.OTHER);
  }

  /** Whether the policy leaves out rows of a table or of one of its partitions. */
  private boolean leavesOut(TableName table) {
    return catalog.tables().stream()
        .filter(t -> t.name().equals(table) || isPartOf(t, table))
        .map(t -> policy.rules().get(t.name()))
        .anyMatch(rule -> rule != null && (rule.truncate() || rule.where() != null));
  }

  private boolean isPartOf(Table partition, TableName table) {
    return partition.partitionOf() != null
        && (partition.partitionOf().equals(table)
            || catalog
                .table(partition.partitionOf())
                .filter(parent -> isPartOf(parent, table))
                .isPresent());
  }
}
