package dev.decant.mask;

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
