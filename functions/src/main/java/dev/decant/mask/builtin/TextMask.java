package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.schema.Column;

/**
 * A mask for texts. The empty text stays empty, as NULL stays NULL, because applications use it for
 * "no value". The text that {@link #write} appends is cut to the length of the column.
 */
abstract class TextMask implements Mask {
  private final TextLimit limit;

  TextMask(Column column) {
    limit = TextLimit.of(column.type());
  }

  @Override
  public final boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    int end = limit.end(value, from, to);
    if (end > from) {
      int start = out.length();
      write(value, from, end, row, out);
      limit.cut(out, start);
    }
    return true;
  }

  /** Appends the masked value of a text that is not empty. */
  abstract void write(byte[] value, int from, int to, RowView row, Bytes out);
}
