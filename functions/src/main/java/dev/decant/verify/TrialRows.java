package dev.decant.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up rows of some columns, which combine the values of each column. */
final class TrialRows {
  private static final int MOST = 500;

  /** So many pairs are tried completely. */
  private static final int ALL = 700;

  private TrialRows() {}

  /**
   * The combinations of the values, or some of them if there are many.
   *
   * @param values of each column, the most suitable first; none of the lists is empty
   */
  static List<List<@Nullable String>> of(List<? extends List<@Nullable String>> values) {
    if (values.size() == 1) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      for (String value : values.getFirst()) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(value);
        rows.add(row);
      }
      return rows;
    }
    if (values.size() == 2 && values.get(0).size() * values.get(1).size() <= ALL) {
      return pairs(values.get(0), values.get(1));
    }
    List<List<@Nullable String>> rows = alike(values);
    Random random = new Random(1);
    while (rows.size() < MOST) {
      List<@Nullable String> row = new ArrayList<>();
      for (List<@Nullable String> column : values) {
        // Half of the values come from the beginning of the list, so that they meet often.
        int most = random.nextBoolean() ? Math.min(column.size(), 6) : column.size();
        row.add(column.get(random.nextInt(most)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<@Nullable String>> pairs(
      List<@Nullable String> first, List<@Nullable String> second) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (String a : first) {
      for (String b : second) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(a);
        row.add(b);
        rows.add(row);
      }
    }
    return rows;
  }

  /** Rows whose columns have the values of the same number, for CHECKs that compare columns. */
  private static List<List<@Nullable String>> alike(List<? extends List<@Nullable String>> values) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    int longest = values.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < Math.min(longest, MOST / 2); i++) {
      List<@Nullable String> row = new ArrayList<>();
      for (List<@Nullable String> column : values) {
        row.add(column.get(i % column.size()));
      }
      rows.add(row);
    }
    return rows;
  }
}
