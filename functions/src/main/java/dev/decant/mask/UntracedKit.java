package dev.decant.mask;

import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import java.util.Locale;
import java.util.Optional;

/**
 * A kit for a mask whose rule says {@code trace: false}: the masks of the parts of its values are
 * not traced either, unless their own rules say {@code trace: true}.
 */
record UntracedKit(MaskKit kit) implements MaskKit {
  @Override
  public Prf prf(String realm) {
    return kit.prf(realm);
  }

  @Override
  public Locale locale() {
    return kit.locale();
  }

  @Override
  public Optional<Integer> field(String column) {
    return kit.field(column);
  }

  @Override
  public Mask mask(MaskSpec spec, Column column) {
    return kit.mask(spec.untraced(), column);
  }
}
