package dev.decant.mask;

import dev.decant.copy.RowView;

/** A row without fields, for values that do not belong to a row. */
public enum NoRow implements RowView {
  INSTANCE;

  private static final byte[] NOTHING = {};

  @Override
  public boolean isNull(int field) {
    return true;
  }

  @Override
  public void select(int field) {
    throw new IllegalArgumentException("The row has no fields.");
  }

  @Override
  public byte[] bytes() {
    return NOTHING;
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public int to() {
    return 0;
  }
}
