package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.CalendarDay;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code date-shift}: another day, at most {@code days} earlier or later and never the same. Time
 * of day, fraction and zone stay as they are written. With {@code by}, the shift depends on the
 * value of another column, so that the dates of one entity move together. {@code infinity} stays.
 * If the shift would leave the range of the type, the date moves in the other direction.
 */
final class DateShiftFactory extends BuiltInFactory {
  private static final int DAYS = 365;
  private static final int MOST_DAYS = 36_500;

  DateShiftFactory() {
    super(
        MaskTraits.of(
            "date-shift",
            "Moves a date by whole days, at most `days` earlier or later: `1980-05-06` →"
                + " `1980-11-19`.",
            Set.of(TypeCategory.DATE, TypeCategory.TIMESTAMP)),
        MaskOption.optional("days", MaskOption.Kind.INTEGER).usually(DAYS),
        MaskOption.optional("by", MaskOption.Kind.COLUMN));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return new OptionValues(spec).outside("days", 1, MOST_DAYS);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    String by = options.text("by", column.name());
    Optional<Integer> field = options.has("by") ? kit.field(by) : Optional.of(-1);
    return new DateMask(
        new DateShiftMask(
            kit.prf(spec.effectiveRealm()),
            (int) options.integer("days", DAYS),
            field.orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.POLICY_INVALID,
                        "The option by of date-shift names the column "
                            + by
                            + ", which the rows do not have. Write a column of the rows.")),
            column.type().category() == TypeCategory.DATE));
  }

  private static final class DateShiftMask implements Mask {
    private final CalendarDay date = new CalendarDay();
    private final Prf prf;
    private final int days;
    private final int by;
    private final long last;

    DateShiftMask(Prf prf, int days, int by, boolean isDate) {
      this.prf = prf;
      this.days = days;
      this.by = by;
      last = CalendarDay.last(isDate);
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      if (!date.parse(value, from, to)) {
        if (CalendarDay.isInfinity(value, from, to)) {
          out.append(value, from, to);
          return true;
        }
        throw new IllegalArgumentException("The value is not a date in ISO style.");
      }
      long shift = shift(value, from, to, row);
      long shifted = date.day() + shift;
      boolean inRange = shifted >= CalendarDay.FIRST && shifted <= last;
      date.append(inRange ? shifted : date.day() - shift, value, out);
      return true;
    }

    /** A number from -days to days, but never 0. */
    private long shift(byte[] value, int from, int to, RowView row) {
      long bits;
      if (by >= 0 && !row.isNull(by)) {
        row.select(by);
        bits = prf.hash(row.bytes(), row.from(), row.to());
      } else {
        bits = prf.hash(value, from, to);
      }
      int chosen = Prf.choose(bits, 2 * days);
      return chosen < days ? chosen - days : chosen - days + 1;
    }
  }
}
