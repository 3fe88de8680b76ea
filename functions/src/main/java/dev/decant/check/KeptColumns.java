package dev.decant.check;

import dev.decant.check.KeptColumn.Sensitivity;
import dev.decant.detect.Verdict;
import dev.decant.detect.column.ColumnDetector;
import dev.decant.inspect.Inspected;
import dev.decant.mask.ColumnRule;
import dev.decant.policy.Policy;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the columns that a policy keeps, and judges how sensitive each of them looks. */
final class KeptColumns {
  private static final Comparator<KeptColumn> ORDER =
      Comparator.comparing(KeptColumn::sensitivity)
          .thenComparing(KeptColumn::table)
          .thenComparing(KeptColumn::column);

  private static final Set<TypeCategory> NUMBERS =
      EnumSet.of(
          TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT, TypeCategory.UUID);

  private final Policy policy;
  private final Inspected inspected;
  private final List<KeptColumn> kept = new ArrayList<>();

  KeptColumns(Policy policy, Inspected inspected) {
    this.policy = policy;
    this.inspected = inspected;
  }

  /** The most sensitive columns first. A partition is not listed beside its table. */
  List<KeptColumn> all() {
    inspected.schema().tables().stream().filter(t -> t.partitionOf() == null).forEach(this::table);
    inspected
        .created()
        .forEach(
            (name, created) -> {
              if (inspected.schema().table(name).isEmpty()) {
                table(
                    new Table(
                        name,
                        created.columns().keySet().stream().map(KeptColumns::unknown).toList(),
                        false,
                        List.of(),
                        null,
                        List.of(),
                        null));
              }
            });
    kept.sort(ORDER);
    return List.copyOf(kept);
  }

  private void table(Table table) {
    ColumnDetector detector = ColumnDetector.of(table);
    for (Column column : table.columns()) {
      ColumnRule rule =
          RuleOrigin.of(policy, inspected.schema(), table.name(), column.name()).rule();
      if (rule != null && rule.cases().stream().anyMatch(c -> c.mask().name().equals("keep"))) {
        Verdict verdict = verdict(detector, table, column);
        kept.add(
            new KeptColumn(
                table.name(),
                column.name(),
                column.type().name(),
                !rule.keeps(),
                sensitivity(verdict),
                verdict.reason()));
      }
    }
  }

  /** A surrogate key says nothing about a person, although its name shows no meaning. */
  private Verdict verdict(ColumnDetector detector, Table table, Column column) {
    Verdict verdict = detector.verdict(column, inspected.samples().of(table.name(), column.name()));
    if (!(verdict instanceof Verdict.Unknown)) {
      return verdict;
    }
    if (schema().facts(table.name(), column.name()).serverMade()) {
      return new Verdict.Harmless("the server makes its values");
    }
    if (isPrimaryKey(table, column)) {
      return new Verdict.Harmless("a surrogate key");
    }
    return refersToSurrogate(table, column, new HashSet<>())
        ? new Verdict.Harmless("it refers to a surrogate key")
        : verdict;
  }

  /** Whether a number or a uuid alone is the primary key of its table. */
  private boolean isPrimaryKey(Table table, Column column) {
    return NUMBERS.contains(column.type().category())
        && schema().uniqueKeys().stream()
            .anyMatch(
                key ->
                    key.kind() == UniqueKey.Kind.PRIMARY_KEY
                        && key.table().equals(table.name())
                        && key.columns().equals(List.of(column.name())));
  }

  private boolean refersToSurrogate(Table table, Column column, Set<ForeignKey> seen) {
    return schema().foreignKeys().stream()
        .filter(key -> key.table().equals(table.name()))
        .filter(key -> key.columns().equals(List.of(column.name())))
        .filter(seen::add)
        .anyMatch(key -> isSurrogate(key, seen));
  }

  private boolean isSurrogate(ForeignKey key, Set<ForeignKey> seen) {
    Table table = schema().table(key.referenced()).orElse(null);
    Column column =
        table == null ? null : table.column(key.referencedColumns().getFirst()).orElse(null);
    if (table == null || column == null) {
      return false;
    }
    boolean unknown =
        ColumnDetector.of(table)
                .verdict(column, inspected.samples().of(table.name(), column.name()))
            instanceof Verdict.Unknown;
    return schema().facts(table.name(), column.name()).serverMade()
        || (unknown && isPrimaryKey(table, column))
        || refersToSurrogate(table, column, seen);
  }

  private Schema schema() {
    return inspected.schema();
  }

  /** A column of a table that no server could create. */
  private static Column unknown(String name) {
    return new Column(name, ColumnType.of("?", TypeCategory.OTHER), false, false, false);
  }

  private static Sensitivity sensitivity(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Personal personal when personal.category().special() -> Sensitivity.SPECIAL;
      case Verdict.Personal personal when personal.sure() -> Sensitivity.PERSONAL;
      case Verdict.Personal _ -> Sensitivity.PERHAPS_PERSONAL;
      case Verdict.Unknown _ -> Sensitivity.UNKNOWN;
      case Verdict.Harmless _ -> Sensitivity.HARMLESS;
    };
  }
}
