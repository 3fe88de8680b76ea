package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** {@code nullify}: NULL instead of the value. */
final class NullifyFactory extends BuiltInFactory {
  NullifyFactory() {
    super("nullify", EnumSet.allOf(TypeCategory.class));
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    return column.notNull()
        ? "the column is NOT NULL: write empty, constant, or a mask that serves "
            + column.type().name()
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return (value, from, to, row, out) -> false;
  }
}
