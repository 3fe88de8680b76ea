package dev.decant.cli;

import dev.decant.error.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text whose columns are as wide as their widest cell. A column is aligned to the right
 * if its head begins with {@code >}.
 */
final class TextTable {
  private static final int LEAST_LAST = 30;

  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... heads) {
    this.heads = List.of(heads);
  }

  void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Printable::line).toList());
  }

  /**
   * The lines for a terminal of this width; 0 means that there is no terminal, so nothing is
   * wrapped. If the table is wider, the last column is wrapped within its own width. If that is too
   * narrow, all cells of a row stand below its first cell.
   */
  List<String> lines(int columns) {
    List<String> lines = lines();
    int widest = lines.stream().mapToInt(String::length).max().orElse(0);
    if (columns == 0 || widest <= columns || rows.isEmpty()) {
      return lines;
    }
    int before = IntStream.range(0, heads.size() - 1).map(c -> width(c) + 2).sum();
    return columns - before >= LEAST_LAST ? wrapped(columns, before) : stacked(columns);
  }

  private List<String> wrapped(int columns, int before) {
    List<String> lines = new ArrayList<>();
    for (String line : lines()) {
      String last = line.length() <= before ? "" : line.substring(before);
      List<String> parts = split(last, columns - before);
      lines.add(
          (line.substring(0, Math.min(before, line.length())) + parts.getFirst()).stripTrailing());
      parts.stream().skip(1).forEach(part -> lines.add(" ".repeat(before) + part));
    }
    return lines;
  }

  /** The first cell of each row, and the others below it with their heads. */
  private List<String> stacked(int columns) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(row.getFirst());
      String rest =
          IntStream.range(1, heads.size())
              .filter(c -> !row.get(c).isEmpty())
              .mapToObj(c -> label(heads.get(c)) + ": " + row.get(c))
              .collect(Collectors.joining(", "));
      split(rest, columns - 2).forEach(part -> lines.add("  " + part));
    }
    return lines;
  }

  /** The head in lower case, as it stands before a cell within a line. */
  private static String label(String head) {
    return head.replace(">", "").toLowerCase(Locale.ROOT).replace("(utc)", "(UTC)");
  }

  /** Wraps between words if possible. Otherwise it wraps anywhere, as the terminal would. */
  static List<String> split(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      parts.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest.stripTrailing());
    return parts;
  }

  private int width(int column) {
    return Math.max(
        heads.get(column).replace(">", "").length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  /** The lines of the table, at full width. */
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
