package dev.decant.copy;

/**
 * The raw row that a mask or a condition may look at. Fields are numbered as the COPY statement
 * lists them. Valid during one call.
 */
public interface RowView {
  boolean isNull(int field);

  /**
   * Loads the unescaped value of a field: afterwards {@link #bytes()} holds it from {@link #from()}
   * to {@link #to()}, until the next call.
   */
  void select(int field);

  byte[] bytes();

  int from();

  int to();
}
