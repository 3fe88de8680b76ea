package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.value.CalendarDay;

/** Moves a date to the first day of a year or month at midnight: its own or the nearest. */
final class RoundedDay implements Mask {
  private static final int JULY = 7;
  private static final int MIDDLE_OF_MONTH = 16;

  private final CalendarDay date = new CalendarDay();
  private final boolean months;
  private final boolean nearest;
  private final long last;

  RoundedDay(boolean months, boolean nearest, boolean isDate) {
    this.months = months;
    this.nearest = nearest;
    last = CalendarDay.last(isDate);
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (date.parse(value, from, to)) {
      long up = up();
      date.appendMidnight(
          nearest && isNearer() && up <= last ? up : Math.max(down(), CalendarDay.FIRST),
          value,
          out);
      return true;
    }
    if (!CalendarDay.isInfinity(value, from, to)) {
      throw new IllegalArgumentException("The value is not a date in ISO style.");
    }
    out.append(value, from, to);
    return true;
  }

  private long down() {
    return CalendarDay.day(date.year(), months ? date.month() : 1, 1);
  }

  private boolean isNearer() {
    return months ? date.day() >= down() + MIDDLE_OF_MONTH - 1 : date.month() >= JULY;
  }

  private long up() {
    boolean december = date.month() == 12;
    return months && !december
        ? CalendarDay.day(date.year(), date.month() + 1, 1)
        : CalendarDay.day(date.year() + 1, 1, 1);
  }
}
