package dev.decant.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a terminal of some width shows of a tally. */
final class BarText {
  /** From here on each running table has a line of its own. */
  private static final int WIDE = 100;

  private static final int MOST_TABLES = 8;
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 30;
  private static final String GAP = "  ";

  private final boolean colour;

  BarText(boolean colour) {
    this.colour = colour;
  }

  /**
   * The lines, none as wide as the terminal, whose last column would wrap.
   *
   * @param now of the clock that the tally was begun by
   */
  List<String> lines(Tally tally, int columns, long now) {
    List<Tally.Running> running = columns < WIDE ? List.of() : tally.running();
    List<String> lines = new ArrayList<>();
    lines.add(first(tally, columns - 1, now, running.isEmpty()));
    int width = running.stream().mapToInt(t -> t.share().name().length()).max().orElse(0);
    running.stream()
        .limit(MOST_TABLES)
        .forEach(t -> lines.add(table(t, Math.min(width, columns / 3), columns - 1)));
    return lines;
  }

  private String first(Tally tally, int room, long now, boolean detail) {
    String name = cut(Objects.requireNonNullElse(tally.stage(), ""), room);
    int percent = tally.percent();
    List<String> wanted = new ArrayList<>();
    wanted.add(percent < 0 ? "" : percent(percent));
    wanted.add(tally.amount());
    wanted.add(tally.rate(now));
    wanted.add(tally.rows() > 0 ? Quantity.of(tally.rows(), "rows") : "");
    wanted.add(tally.tablesDone());
    wanted.add(tally.left(now));
    wanted.add(detail ? tally.detail() : "");
    // What goes first where there is no room for all.
    int[] given = {6, 4, 3, 2, 1, 5, 0};
    for (int drop : given) {
      if (width(name, wanted) <= room) {
        break;
      }
      wanted.set(drop, "");
    }
    int bar = Math.min(LONGEST_BAR, room - width(name, wanted) - GAP.length());
    String drawn = percent < 0 || bar < SHORTEST_BAR ? "" : GAP + bar(percent, bar);
    return name + drawn + joined(wanted);
  }

  private static String percent(int percent) {
    return " ".repeat(3 - Integer.toString(percent).length()) + percent + " %";
  }

  private static int width(String name, List<String> parts) {
    return name.length() + joined(parts).length();
  }

  private static String joined(List<String> parts) {
    StringBuilder text = new StringBuilder();
    parts.stream().filter(p -> !p.isEmpty()).forEach(p -> text.append(GAP).append(p));
    return text.toString();
  }

  private String table(Tally.Running table, int width, int room) {
    TableShare share = table.share();
    int percent = (int) (table.bytes() * 100 / share.bytes());
    String name = cut(share.name(), width);
    String text =
        GAP + name + " ".repeat(width - name.length()) + GAP + "%s" + GAP + percent(percent) + GAP;
    String rest =
        Quantity.bytes(table.bytes())
            + " of "
            + Quantity.bytes(share.bytes())
            + GAP
            + Quantity.of(table.rows(), "rows");
    String line = text + cut(rest, Math.max(0, room - text.length() - SHORTEST_BAR));
    return line.replace("%s", bar(percent, SHORTEST_BAR));
  }

  private String bar(int percent, int width) {
    int full = width * percent / 100;
    return colour
        ? "\u001b[32m" + "━".repeat(full) + "\u001b[90m" + "━".repeat(width - full) + "\u001b[0m"
        : "#".repeat(full) + "-".repeat(width - full);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
