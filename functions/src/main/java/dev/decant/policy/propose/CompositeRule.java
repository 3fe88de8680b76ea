package dev.decant.policy.propose;

import dev.decant.detect.Verdict;
import dev.decant.detect.column.ColumnDetector;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Builds the rule for a column of a composite type, or of arrays of it. It treats the type like a
 * table: its fields are the columns.
 */
final class CompositeRule {
  private static final int MOST_LEVELS = 8;

  private final BiPredicate<MaskSpec, Column> serves;
  private final boolean untraced;

  /**
   * @param serves whether a mask serves a column
   * @param untraced whether the leak trace need not look for the values of fields whose names show
   *     nothing
   */
  CompositeRule(BiPredicate<MaskSpec, Column> serves, boolean untraced) {
    this.serves = serves;
    this.untraced = untraced;
  }

  /** The mask with a rule for each field; empty if the type has no fields or no mask serves it. */
  Optional<MaskSpec> of(Column column) {
    ColumnType type = column.type();
    ColumnType element = type.element();
    ColumnType composite =
        type.category() == TypeCategory.ARRAY && element != null ? element : type;
    return composite.category() == TypeCategory.COMPOSITE && !composite.fields().isEmpty()
        ? Optional.of(spec(column.name(), composite, 0)).filter(spec -> serves.test(spec, column))
        : Optional.empty();
  }

  private MaskSpec spec(String name, ColumnType type, int level) {
    List<Column> fields =
        type.fields().stream()
            .map(f -> new Column(f.name(), f.type(), false, false, false))
            .toList();
    ColumnDetector detector =
        ColumnDetector.of(
            new Table(new TableName("", name), fields, false, List.of(), null, List.of(), null));
    Map<String, Object> masks = new TreeMap<>();
    for (Column field : fields) {
      boolean nested =
          field.type().category() == TypeCategory.COMPOSITE
              && !field.type().fields().isEmpty()
              && level < MOST_LEVELS;
      masks.put(
          field.name(),
          nested
              ? spec(field.name(), field.type(), level + 1)
              : mask(field, detector.verdict(field, null)));
    }
    return MaskSpec.of("composite", Map.of("fields", masks));
  }

  /** The first mask that serves the field. A field that shows nothing about a person is kept. */
  private MaskSpec mask(Column field, Verdict verdict) {
    if (verdict instanceof Verdict.Harmless) {
      return MaskSpec.of("keep");
    }
    List<String> names = new ArrayList<>();
    if (verdict instanceof Verdict.Personal personal) {
      names.addAll(
          personal.category().sensitive() ? List.of("nullify") : personal.category().masks());
    }
    names.addAll(MaskCandidates.names(field.type().category()));
    return Stream.concat(names.stream(), Stream.of("empty", "nullify"))
        .map(MaskSpec::of)
        .filter(spec -> serves.test(spec, field))
        .findFirst()
        .map(spec -> untraced && verdict instanceof Verdict.Unknown ? spec.untraced() : spec)
        .orElse(MaskSpec.of("keep"));
  }
}
