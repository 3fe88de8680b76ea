package dev.decant.verify;

import dev.decant.copy.RowView;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The raw values of a made-up row, for masks that read other columns. A column without a made-up
 * value, such as the key of the row, has the number of the row.
 */
final class TrialRow implements RowView {
  private final Map<Integer, @Nullable String> values;
  private final byte[] number;
  private byte[] selected = {};

  /**
   * @param values by the numbers of their fields
   */
  TrialRow(Map<Integer, @Nullable String> values, int number) {
    this.values = values;
    this.number = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean isNull(int field) {
    return values.containsKey(field) && values.get(field) == null;
  }

  @Override
  public void select(int field) {
    String value = values.get(field);
    selected = value == null ? number : value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes() {
    return selected;
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public int to() {
    return selected.length;
  }
}
