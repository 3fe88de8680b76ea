package dev.decant.trace;

/**
 * Raw values of one column that were found in one column of the output.
 *
 * @param column the number of the column of the output in which they were found
 * @param source the number of the column that they came from
 * @param rows the number of rows of the output that have such a value; not more than {@link #MOST}
 *     are counted
 */
public record Leak(int column, int source, int rows) {
  /** The number of rows at which the counting ends. */
  public static final int MOST = 100_000;
}
