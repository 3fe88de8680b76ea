package dev.decant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of text, as wide as they need to be. Columns whose head begins with {@code >} hold
 * numbers.
 */
final class TextTable {
  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... heads) {
    this.heads = List.of(heads);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines, without the head where there is no row. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(heads.stream().map(head -> head.replace(">", "")).toList());
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, heads.size())
            .map(c -> all.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(c -> cell(row.get(c), widths[c], heads.get(c).startsWith(">")))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String cell(String text, int width, boolean number) {
    String padding = " ".repeat(width - text.length());
    return number ? padding + text : text + padding;
  }
}
