package dev.decant.mask;

/** The values that a mask can write into a column. Any number of threads may use an instance. */
@FunctionalInterface
public interface WrittenValues {
  /**
   * Whether the mask can write a value.
   *
   * @param value an array that holds the value at {@code [from, to)}, not escaped for COPY
   */
  boolean has(byte[] value, int from, int to);
}
