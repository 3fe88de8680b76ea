package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.util.List;

/**
 * A list of a report that is folded if it is long.
 *
 * @param count the number of its entries and what they are
 */
record ReportFolded<T>(String count, boolean open, List<T> list) {
  private static final int LONG = 10;

  static <T> ReportFolded<T> of(List<T> list, String noun) {
    return new ReportFolded<>(Quantity.counted(list.size(), noun), list.size() <= LONG, list);
  }

  /** Whether it has an entry. */
  boolean any() {
    return !list.isEmpty();
  }
}
