package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.INTEGERS;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code noise}: another number that differs from the raw one by at most {@code percent}, and by at
 * least one unit of its last digit. {@code round} is the number of digits that stay after the
 * decimal point; if it is negative, so many digits before the point become zeros. Sign, zero, NaN
 * and infinity stay.
 */
final class NoiseFactory extends BuiltInFactory {
  private static final int MOST_DIGITS = 15;
  private static final int PERCENT = 10;

  NoiseFactory() {
    super(
        MaskTraits.of(
            "noise",
            "Changes a number by at most `percent`; `round` is the number of digits that stay after"
                + " the decimal point: `1234.50` → `1188.07`.",
            and(INTEGERS, TypeCategory.NUMERIC, TypeCategory.FLOAT)),
        MaskOption.optional("percent", MaskOption.Kind.NUMBER).usually(PERCENT),
        MaskOption.optional("round", MaskOption.Kind.INTEGER));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    double percent = new OptionValues(spec).number("percent", PERCENT);
    return percent > 0 && percent <= 100
        ? new OptionValues(spec).outside("round", -MOST_DIGITS, MOST_DIGITS)
        : "The option percent is out of range. Write a number that is more than 0 and at most 100.";
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    NoisyNumber number =
        new NoisyNumber(
            kit.prf(spec.effectiveRealm()),
            options.number("percent", PERCENT),
            (int) options.integer("round", Integer.MAX_VALUE),
            column.type());
    return (value, from, to, row, out) -> {
      number.append(value, from, to, out);
      return true;
    };
  }
}
