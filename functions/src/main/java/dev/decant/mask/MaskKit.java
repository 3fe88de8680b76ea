package dev.decant.mask;

import dev.decant.mask.cipher.Prf;
import java.util.Locale;
import java.util.Optional;

/** What a mask is made with: keys, locale, and the columns of the table. */
public interface MaskKit {
  /** The PRF whose key is derived for this realm. */
  Prf prf(String realm);

  /** The locale of dictionaries where a spec names none. */
  Locale locale();

  /**
   * The number of a column in the rows of this table, for templates and `by`; empty where the rows
   * do not have it.
   */
  Optional<Integer> field(String column);

  /** Makes another mask, for the parts of a value. */
  Mask mask(MaskSpec spec, dev.decant.schema.Column column);
}
