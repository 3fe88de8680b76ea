package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.ALL;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import org.jspecify.annotations.Nullable;

/** {@code nullify}: NULL in place of the value. */
final class NullifyFactory extends BuiltInFactory {
  NullifyFactory() {
    super(MaskTraits.of("nullify", "Writes NULL. The column must be nullable.", ALL));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return column.notNull()
        ? "The column is NOT NULL. Write empty, constant, or another mask that serves "
            + column.type().name()
            + "."
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return (value, from, to, row, out) -> false;
  }
}
