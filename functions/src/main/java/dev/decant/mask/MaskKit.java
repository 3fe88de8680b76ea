package dev.decant.mask;

import dev.decant.mask.cipher.Prf;
import java.util.Locale;
import java.util.Optional;

/** Gives a mask what it needs: keys, the locale, the columns of the table, and other masks. */
public interface MaskKit {
  /** The pseudo-random function with a key that is derived for this realm. */
  Prf prf(String realm);

  /** The locale of the dictionaries if a spec does not name one. */
  Locale locale();

  /**
   * The number of a column in the rows of this table, for templates and the option {@code by};
   * empty if the rows do not have this column.
   */
  Optional<Integer> field(String column);

  /** Makes another mask, which serves a part of a value. */
  Mask mask(MaskSpec spec, dev.decant.schema.Column column);

  /**
   * The same mask, or one that also shows the raw values to the leak trace. Each mask that serves a
   * whole value passes through here once, also one that serves a part of another mask's value.
   *
   * @param usual which values are traced if the spec does not say it
   */
  default Mask traced(MaskSpec spec, Tracing usual, Mask mask) {
    return mask;
  }
}
