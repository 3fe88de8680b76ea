package dev.decant.mask;

import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A factory that also serves the parts of a value. If a mask does not serve an array, a range or a
 * bytea itself, it serves the elements of the array, the bounds of the range, or the text that the
 * bytea holds. A part becomes what the same value becomes in a column of its own.
 */
final class ShapedFactory implements MaskFactory {
  /** Types that the catalog lists as arrays, although their text form is not that of arrays. */
  private static final Set<String> NOT_ARRAYS = Set.of("int2vector", "oidvector");

  private static final Set<TypeCategory> BOUNDS =
      Set.of(
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT,
          TypeCategory.NUMERIC,
          TypeCategory.FLOAT,
          TypeCategory.DATE,
          TypeCategory.TIMESTAMP);

  private final MaskFactory whole;

  ShapedFactory(MaskFactory whole) {
    this.whole = whole;
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<MaskOption> options() {
    return whole.options();
  }

  @Override
  public Set<TypeCategory> types() {
    return whole.types();
  }

  @Override
  public Tracing tracing(MaskSpec spec) {
    return whole.tracing(spec);
  }

  @Override
  public Optional<WrittenValues> written(MaskSpec spec, Column column, Locale locale) {
    return part(column) == null ? whole.written(spec, column, locale) : Optional.empty();
  }

  @Override
  public Optional<Disclosure> disclosure() {
    return whole.disclosure();
  }

  @Override
  public String version() {
    return whole.version();
  }

  /** The part of the column's values that the mask serves; null if it must serve them whole. */
  private @Nullable Column part(Column column) {
    ColumnType type = column.type();
    ColumnType element = type.element();
    if (column.generated() || types().contains(type.category())) {
      return null;
    }
    return switch (type.category()) {
      case ARRAY ->
          element == null || NOT_ARRAYS.contains(type.name()) ? null : ofType(column, element);
      case RANGE ->
          element == null || !BOUNDS.contains(element.category()) ? null : ofType(column, element);
      case BYTEA ->
          types().contains(TypeCategory.TEXT)
              ? ofType(column, ColumnType.of("text", TypeCategory.TEXT))
              : null;
      default -> null;
    };
  }

  private static Column ofType(Column column, ColumnType type) {
    return new Column(column.name(), type, false, false, column.constrained());
  }

  @Override
  public @Nullable String refusal(MaskSpec spec, Column column) {
    Column part = part(column);
    return part == null ? whole.refusal(spec, column) : refusal(spec, part);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    Column part = part(column);
    return part == null ? whole.problem(spec, column) : problem(spec, part);
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    Column part = part(column);
    if (part == null) {
      return whole.injective(spec, column);
    }
    // The bounds of a range may change places, and bytes that are no text may be hashed.
    return column.type().category() == TypeCategory.ARRAY && injective(spec, part);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Column part = part(column);
    if (part == null) {
      MaskKit ofParts = Boolean.FALSE.equals(spec.trace()) ? new UntracedKit(kit) : kit;
      return kit.traced(spec, whole.tracing(spec), whole.create(spec, column, ofParts));
    }
    Mask mask = create(spec, part, kit);
    return switch (column.type().category()) {
      case ARRAY -> new ArrayMask(mask, part.type());
      case RANGE -> new RangeMask(mask, part.type());
      default -> new TextBytesMask(mask, kit.prf(spec.effectiveRealm()));
    };
  }
}
