package dev.decant.mask.builtin;

import dev.decant.mask.ArrayMask;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code array}: another mask for each element of an array of any dimension. NULLs, dimensions and
 * bounds stay. An element becomes what the same value becomes in a column of its own.
 */
final class ArrayFactory extends BuiltInFactory {
  /** Types that the catalog lists as arrays, but that have another text form. */
  private static final Set<String> NOT_ARRAYS = Set.of("int2vector", "oidvector");

  private final Function<String, Optional<MaskFactory>> factories;

  ArrayFactory(Function<String, Optional<MaskFactory>> factories) {
    super(
        MaskTraits.of(
            "array",
            "Applies the mask `of` to each element: `{Max,NULL}` → `{Qhe,NULL}`.",
            Set.of(TypeCategory.ARRAY)),
        MaskOption.required("of", MaskOption.Kind.MASK));
    this.factories = factories;
  }

  private static @Nullable MaskSpec inner(MaskSpec spec) {
    return new OptionValues(spec).value("of") instanceof MaskSpec of ? of : null;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    MaskSpec inner = inner(spec);
    if (inner == null) {
      return "The mask array has no mask for the elements. Write { mask: array, of: scramble }.";
    }
    if (column.type().element() == null || NOT_ARRAYS.contains(column.type().name())) {
      return "The type "
          + column.type().name()
          + " does not have the text form of an array. Write constant or nullify.";
    }
    Optional<MaskFactory> factory = factories.apply(inner.name());
    String problem =
        factory.isEmpty()
            ? "The mask " + inner.name() + " does not exist. Write another one."
            : factory.get().refusal(inner, ArrayMask.elementOf(column));
    return problem == null ? null : "In of: " + problem;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    MaskSpec inner = inner(spec);
    return inner != null
        && column.type().element() != null
        && factories
            .apply(inner.name())
            .filter(factory -> factory.injective(inner, ArrayMask.elementOf(column)))
            .isPresent();
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Column element = ArrayMask.elementOf(column);
    return new ArrayMask(kit.mask(Objects.requireNonNull(inner(spec)), element), element.type());
  }
}
