package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code noise}: another number within {@code percent} of the raw one, and at least one unit of its
 * last digit away; {@code round} leaves so many digits after the point, or, negative, zeros before
 * it. Sign, zero, NaN and infinity stay.
 */
final class NoiseFactory extends BuiltInFactory {
  private static final int MOST_DIGITS = 15;

  NoiseFactory() {
    super(
        "noise",
        and(INTEGERS, TypeCategory.NUMERIC, TypeCategory.FLOAT),
        MaskOption.optional("percent", MaskOption.Kind.NUMBER),
        MaskOption.optional("round", MaskOption.Kind.INTEGER));
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    double percent = new Options(spec).number("percent", 10);
    return percent > 0 && percent <= 100
        ? new Options(spec).outside("round", -MOST_DIGITS, MOST_DIGITS)
        : "percent must be more than 0 and at most 100";
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Options options = new Options(spec);
    NoisyNumber number =
        new NoisyNumber(
            kit.prf(spec.effectiveRealm()),
            options.number("percent", 10),
            (int) options.integer("round", Integer.MAX_VALUE),
            column.type());
    return (value, from, to, row, out) -> {
      number.append(value, from, to, out);
      return true;
    };
  }
}
