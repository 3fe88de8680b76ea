package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;

/** {@code keep}: the value passes. */
final class KeepFactory extends BuiltInFactory {
  KeepFactory() {
    super("keep", EnumSet.allOf(TypeCategory.class));
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return (value, from, to, row, out) -> {
      out.append(value, from, to);
      return true;
    };
  }
}
