package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.value.CalendarDay;
import dev.decant.mask.value.DateForms;
import java.util.Arrays;

/**
 * Gives a mask the dates of scripts in ISO style, so that it masks equal dates equally. The texts
 * {@code now} and {@code today}, which mean the time of the restore, stay as they are.
 */
final class DateMask implements Mask {
  private static final byte[] NOW = {'n', 'o', 'w'};
  private static final byte[] TODAY = {'t', 'o', 'd', 'a', 'y'};

  private final Mask mask;
  private final CalendarDay date = new CalendarDay();

  DateMask(Mask mask) {
    this.mask = mask;
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (!date.parse(value, from, to)) {
      if (isOfRestore(value, from, to)) {
        out.append(value, from, to);
        return true;
      }
      byte[] iso = DateForms.iso(value, from, to);
      if (iso != null) {
        return mask.apply(iso, 0, iso.length, row, out);
      }
    }
    return mask.apply(value, from, to, row, out);
  }

  private static boolean isOfRestore(byte[] value, int from, int to) {
    return Arrays.equals(value, from, to, NOW, 0, NOW.length)
        || Arrays.equals(value, from, to, TODAY, 0, TODAY.length);
  }
}
