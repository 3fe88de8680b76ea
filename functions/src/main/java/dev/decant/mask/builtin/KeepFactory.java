package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.ALL;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;

/** {@code keep}: the value stays. */
final class KeepFactory extends BuiltInFactory {
  KeepFactory() {
    super(MaskTraits.of("keep", "Keeps the value: `Max` → `Max`.", ALL).injectively());
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return (value, from, to, row, out) -> {
      out.append(value, from, to);
      return true;
    };
  }
}
