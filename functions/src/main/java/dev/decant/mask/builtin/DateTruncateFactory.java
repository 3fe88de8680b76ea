package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Set;

/**
 * {@code date-truncate}: the first day of the year or of the month, at midnight. The zone stays as
 * it is written, and {@code infinity} stays.
 */
final class DateTruncateFactory extends BuiltInFactory {
  DateTruncateFactory() {
    super(
        MaskTraits.of(
            "date-truncate",
            "Writes the first day of the year or the month: `1980-05-06` → `1980-01-01`.",
            Set.of(TypeCategory.DATE, TypeCategory.TIMESTAMP)),
        MaskOption.choice("to", "year", "month").usually("year"));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    boolean months = new OptionValues(spec).text("to", "year").equals("month");
    return new DateMask(
        new RoundedDay(months, false, column.type().category() == TypeCategory.DATE));
  }
}
