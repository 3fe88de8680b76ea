package dev.decant.detect.column;

/**
 * Bounds the memory of all profiles of a source. A place in a document takes about two kilobytes,
 * and a schema may have thousands of columns with documents. Only one thread may use an instance.
 */
public final class SampleMemory {
  /** So many places take about 100 MB. */
  private static final int PLACES = 50_000;

  private int places;

  public SampleMemory() {
    this(PLACES);
  }

  /**
   * @param places the largest number of places in the documents of all columns together
   */
  SampleMemory(int places) {
    this.places = places;
  }

  /** Takes one place. Returns false if there are too many. */
  boolean takePlace() {
    return places > 0 && places-- > 0;
  }
}
