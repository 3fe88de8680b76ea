package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.value.ArrayText;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;

/** Applies a mask to the elements of an array of any dimension. NULLs and bounds stay. */
public final class ArrayMask implements Mask {
  private final ArrayText text;
  private final ArrayText.Element element;

  /**
   * The mask of a column.
   *
   * @param mask the mask of the elements, which was made for {@link #elementOf}
   * @param elements the type of the elements
   */
  public ArrayMask(Mask mask, ColumnType elements) {
    text = ArrayText.of(elements.name());
    element = mask::apply;
  }

  /**
   * A column that has the type of the elements of an array column.
   *
   * @throws IllegalArgumentException if the column is not an array
   */
  public static Column elementOf(Column column) {
    ColumnType type = column.type().element();
    if (type == null) {
      throw new IllegalArgumentException("The column " + column.name() + " is not an array.");
    }
    return new Column(column.name(), type, false, column.generated(), column.constrained());
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (!text.rewrite(value, from, to, row, element, out)) {
      throw new IllegalArgumentException("The value is not an array as PostgreSQL writes it.");
    }
    return true;
  }
}
