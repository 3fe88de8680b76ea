package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.INTEGERS;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code round}: the nearest multiple of a number, or the nearest first day of a year or a month. A
 * value that would leave the range of the type is rounded in the other direction. NaN and infinity
 * stay.
 */
final class RoundFactory extends BuiltInFactory {
  private static final Set<String> PERIODS = Set.of("year", "month");

  RoundFactory() {
    super(
        MaskTraits.of(
            "round",
            "Rounds a number to a multiple of `to`, or a date to the nearest first day of a"
                + " `year` or `month`: `1234.50` → `1200` with `to: 100`.",
            and(
                INTEGERS,
                TypeCategory.NUMERIC,
                TypeCategory.FLOAT,
                TypeCategory.DATE,
                TypeCategory.TIMESTAMP)),
        MaskOption.required("to", MaskOption.Kind.SCALAR));
  }

  private static boolean isDate(Column column) {
    TypeCategory category = column.type().category();
    return category == TypeCategory.DATE || category == TypeCategory.TIMESTAMP;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    String to = new OptionValues(spec).text("to", "");
    if (isDate(column)) {
      return PERIODS.contains(to) ? null : "The option to is not a period. Write year or month.";
    }
    BigDecimal unit = number(to);
    if (unit == null || unit.signum() <= 0 || unit.precision() > RoundedNumber.MOST_DIGITS) {
      return "The option to is not a number that is more than 0. Write one like 100 or 0.5.";
    }
    ColumnType type = column.type();
    boolean integer = INTEGERS.contains(type.category());
    if (integer && unit.stripTrailingZeros().scale() > 0) {
      return "The option to is not a whole number, but the column has whole numbers. Write one"
          + " like 100.";
    }
    boolean stays =
        (integer || type.precision() >= 0)
            && BigDecimal.ONE.movePointLeft(integer ? 0 : type.scale()).remainder(unit).signum()
                == 0;
    return stays
        ? "Every number of the type "
            + type.name()
            + " is a multiple of "
            + to
            + ", so all would stay. Write a larger number."
        : null;
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs(number.scale()) > RoundedNumber.MOST_DIGITS ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    String to = new OptionValues(spec).text("to", "");
    if (isDate(column)) {
      return new DateMask(
          new RoundedDay(to.equals("month"), true, column.type().category() == TypeCategory.DATE));
    }
    return new RoundedNumber(new BigDecimal(to), column.type());
  }
}
