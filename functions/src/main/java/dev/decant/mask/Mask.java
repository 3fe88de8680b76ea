package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;

/**
 * One mask, made for one column. An instance belongs to one worker thread and may keep buffers; its
 * answers depend on nothing but the key, its options and the value (and the row, where it says so):
 * never on time, order, or other rows.
 */
@FunctionalInterface
public interface Mask {
  /**
   * Appends the masked value to {@code out}, in the text form of the column's type, not escaped for
   * COPY. Never called for NULL.
   *
   * @param value holds the raw value, unescaped, at {@code [from, to)}; not to be changed or kept
   * @return false for NULL (then nothing that was appended counts)
   */
  boolean apply(byte[] value, int from, int to, RowView row, Bytes out);
}
