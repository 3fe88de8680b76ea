package dev.decant.copy;

/**
 * The raw row that a mask or a condition may read. The fields have the numbers of the columns in
 * the COPY statement. A view is valid during one call.
 */
public interface RowView {
  boolean isNull(int field);

  /**
   * Loads the unescaped value of a field. Afterwards {@link #bytes()} holds it from {@link #from()}
   * to {@link #to()} until the next call.
   */
  void select(int field);

  byte[] bytes();

  int from();

  int to();
}
