package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;

/**
 * One mask that is made for one column. An instance belongs to one worker thread and may keep
 * buffers. Its answers depend only on the key, its options and the raw value, and for some masks on
 * other columns of the row. They never depend on the time, the order of rows, or other rows.
 */
@FunctionalInterface
public interface Mask {
  /**
   * Appends the masked value to {@code out}, in the text form of the column's type, not escaped for
   * COPY. It is never called for NULL.
   *
   * @param value an array that holds the unescaped raw value at {@code [from, to)}; the mask must
   *     neither change nor keep it
   * @return false if the masked value is NULL; then the appended bytes do not count
   */
  boolean apply(byte[] value, int from, int to, RowView row, Bytes out);
}
