package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.archive.DataFile;
import dev.decant.live.RowRange;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the plan, with made-up figures of a catalog. */
final class ItemsTest {
  private static final long PAGE = 8192;
  private static final long GB = 1_000_000_000;

  private static PlannedRows table(String name, long bytes) {
    long pages = (bytes + PAGE - 1) / PAGE;
    long parts = Math.max(1, (pages + RowRange.PART_PAGES - 1) / RowRange.PART_PAGES);
    return new PlannedRows.Pages(
        new RowRange(new TableName("public", name), "(id)", bytes, pages, null, "1", 0, parts));
  }

  private static PlannedRows file(int number, long bytes) {
    return new PlannedRows.InFile(
        new TableName("public", "t" + number), new DataFile(number + ".dat.gz", bytes, "e"));
  }

  private static List<PlannedRows> rows(List<List<PlannedRows>> items) {
    return items.stream().flatMap(List::stream).toList();
  }

  /** The ranges of a table follow each other, begin with its first part and end with its last. */
  private static void hasAllParts(List<List<PlannedRows>> items, PlannedRows table) {
    RowRange whole = ((PlannedRows.Pages) table).range();
    long next = 0;
    for (PlannedRows rows : rows(items)) {
      RowRange range = ((PlannedRows.Pages) rows).range();
      if (range.table().equals(whole.table())) {
        assertThat(range.from()).isEqualTo(next);
        assertThat(range.to()).isGreaterThan(next);
        next = range.to();
      }
    }
    assertThat(next).isEqualTo(whole.to());
  }

  private static long largest(List<List<PlannedRows>> items) {
    return items.stream()
        .mapToLong(item -> item.stream().mapToLong(PlannedRows::size).sum())
        .max()
        .orElse(0);
  }

  @ParameterizedTest
  @CsvSource({
    // 2 GB, 200 GiB, 10 TB and 200 TB, in items of 1 GB, 10 GB and the least size
    "2000000000, 1000000000, 2, 3",
    "214748364800, 1000000000, 214, 260",
    "214748364800, 10000000000, 21, 23",
    "10000000000000, 10000000000, 1000, 1010",
    "10000000000000, 1000000, 6000, 9000",
    "200000000000000, 10000000000, 6000, 9000"
  })
  void largeTableIsCutEvenly(long bytes, long itemBytes, int least, int most) {
    PlannedRows table = table("large", bytes);
    List<List<PlannedRows>> items = Items.of(List.of(table), itemBytes);
    assertThat(items.size()).isBetween(least, most);
    hasAllParts(items, table);
    assertThat(largest(items)).isLessThanOrEqualTo(Math.max(itemBytes, 2 * bytes / least));
  }

  @Test
  void smallTablesAndEmptyOnesShareAnItem() {
    List<PlannedRows> tables =
        List.of(table("empty", 0), table("one_page", PAGE), table("two", 2 * PAGE));
    List<List<PlannedRows>> items = Items.of(tables, GB);
    assertThat(items).hasSize(1);
    tables.forEach(table -> hasAllParts(items, table));
    assertThat(Items.of(List.of(table("empty", 0)), 1_000_000)).hasSize(1);
    assertThat(Items.of(List.of(), GB)).isEmpty();
  }

  @Test
  void smallTablesBesideALargeOneAreInTheirOrder() {
    List<PlannedRows> tables =
        List.of(table("a", PAGE), table("b", 5 * GB), table("c", 0), table("d", GB / 2));
    List<List<PlannedRows>> items = Items.of(tables, GB);
    tables.forEach(table -> hasAllParts(items, table));
    assertThat(rows(items).stream().map(PlannedRows::table).distinct())
        .isEqualTo(tables.stream().map(PlannedRows::table).toList());
    assertThat(items.size()).isBetween(6, 7);
  }

  @Test
  void veryManySmallTablesShareItems() {
    List<PlannedRows> tables = new ArrayList<>();
    IntStream.range(0, 200_000).forEach(i -> tables.add(table("t" + i, PAGE)));
    List<List<PlannedRows>> items = Items.of(tables, 1_000_000);
    assertThat(rows(items)).hasSize(200_000);
    assertThat(items.size()).isBetween(1_600, 1_700);
  }

  @Test
  void pageWithManyBytesElsewhereIsOneItem() {
    // The values of the rows of this page are in the TOAST table.
    PlannedRows toasted =
        new PlannedRows.Pages(
            new RowRange(new TableName("public", "t"), "(id)", 100 * GB, 1, null, "1", 0, 1));
    assertThat(Items.of(List.of(toasted), GB)).hasSize(1);
  }

  /** Two such files do not fit into one item. */
  @Test
  void filesThatFillHalfOfAnItemStayBelowTheLimit() {
    List<PlannedRows> files =
        IntStream.range(0, 17_000).mapToObj(i -> file(i, 1_060_000_000L)).toList();
    List<List<PlannedRows>> items = Items.of(files, 2 * GB);
    assertThat(items.size()).isLessThanOrEqualTo(Items.MOST);
    assertThat(rows(items)).isEqualTo(files);
  }

  @Test
  void fileIsNotCut() {
    List<PlannedRows> files = List.of(file(1, 10), file(2, 50 * GB), file(3, 0), file(4, GB));
    List<List<PlannedRows>> items = Items.of(files, 2 * GB);
    assertThat(items).hasSize(3);
    assertThat(rows(items)).isEqualTo(files);
  }

  /** Step Functions reads a list of up to 10 GB, and each of its items has at most 256 KiB. */
  @Test
  void listOfTheMostItemsIsSmall() {
    assertThat(Items.json(Items.MOST)).startsWith("[{\"item\":0},{").endsWith(":8999}]\n");
    assertThat(Items.json(Items.MOST).length()).isLessThan(150_000);
    assertThat(Items.json(0)).isEqualTo("[]\n");
  }
}
