package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.value.BoundOrder;
import dev.decant.mask.value.PartText;
import dev.decant.schema.ColumnType;

/**
 * Applies a mask to the bounds of a range or multirange. Bounds at infinity and empty ranges stay.
 * If the masked lower bound is greater than the masked upper bound, the two bounds are swapped.
 */
final class RangeMask implements Mask {
  private final Mask bound;
  private final BoundOrder order;
  private final PartText text = PartText.bound();
  private final Bytes lower = new Bytes(32);
  private final Bytes upper = new Bytes(32);

  RangeMask(Mask bound, ColumnType bounds) {
    this.bound = bound;
    order = new BoundOrder(bounds.category());
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (value[from] != '{') {
      require(range(value, from, to, row, out) == to);
      return true;
    }
    int i = from;
    while (i < to && value[i] != '}') {
      out.append(value[i++]);
      if (i < to && value[i] != '}') {
        i = range(value, i, to, row, out);
      }
    }
    require(i == to - 1);
    out.append(value[i]);
    return true;
  }

  private static void require(boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException("The value is not a range as PostgreSQL writes it.");
    }
  }

  /** Appends one range, and returns the position after it. */
  private int range(byte[] value, int from, int to, RowView row, Bytes out) {
    if (value[from] == 'e') {
      out.append(value, from, to);
      return to;
    }
    require(value[from] == '[' || value[from] == '(');
    int comma = text.read(value, from + 1, to);
    require(comma > 0 && value[comma] == ',');
    boolean hasLower = masked(row, lower);
    int end = text.read(value, comma + 1, to);
    require(end > 0 && value[end] != ',');
    boolean hasUpper = masked(row, upper);
    boolean swapped = hasLower && hasUpper && order.isGreater(lower, upper);
    out.append(value[from]);
    append(swapped ? upper : lower, hasLower, out);
    out.append((byte) ',');
    append(swapped ? lower : upper, hasUpper, out);
    out.append(value[end]);
    return end + 1;
  }

  private boolean masked(RowView row, Bytes target) {
    target.clear();
    return text.present() && bound.apply(text.raw().array(), 0, text.raw().length(), row, target);
  }

  private void append(Bytes part, boolean present, Bytes out) {
    if (present) {
      text.append(part.array(), 0, part.length(), out);
    }
  }
}
