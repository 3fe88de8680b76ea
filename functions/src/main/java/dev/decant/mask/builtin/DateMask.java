package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.value.CalendarDay;
import dev.decant.mask.value.DateForms;

/** Gives a mask the dates of scripts in ISO style, so that it masks equal dates equally. */
final class DateMask implements Mask {
  private final Mask mask;
  private final CalendarDay date = new CalendarDay();

  DateMask(Mask mask) {
    this.mask = mask;
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (!date.parse(value, from, to)) {
      byte[] iso = DateForms.iso(value, from, to);
      if (iso != null) {
        return mask.apply(iso, 0, iso.length, row, out);
      }
    }
    return mask.apply(value, from, to, row, out);
  }
}
