package dev.decant.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last lines of a terminal, one for each bar. The consumers of the library draw a single line
 * only. The lines are drawn again and again and are empty at the end. A narrow terminal shows only
 * the first.
 */
final class LastLines {
  /** Columns from which all lines are shown. */
  private static final int WIDE = 100;

  private static final String ERASE = "\r\u001b[K";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PrintStream out;
  private final IntSupplier columns;
  private final List<Line> lines = new ArrayList<>();
  private List<String> drawn = List.of();

  LastLines(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Adds a line at the bottom. */
  synchronized ProgressBarConsumer open() {
    Line line = new Line();
    lines.add(line);
    return line;
  }

  synchronized void above(String text) {
    print(erased() + text + System.lineSeparator() + String.join("\n", drawn));
  }

  /** Removes all lines. */
  synchronized void close() {
    lines.clear();
    print(erased());
    drawn = List.of();
  }

  private void draw() {
    String erase = erased();
    drawn =
        lines.stream()
            .limit(columns.getAsInt() < WIDE ? 1 : lines.size())
            .map(line -> line.text)
            .filter(text -> !text.isEmpty())
            .toList();
    print(erase + String.join("\n", drawn));
  }

  /** Erases the lines that are drawn. They wrap if the terminal has become narrower. */
  private String erased() {
    int width = Math.max(1, columns.getAsInt());
    int height = drawn.stream().mapToInt(l -> Math.max(1, (visible(l) + width - 1) / width)).sum();
    return height <= 1 ? ERASE : "\u001b[" + (height - 1) + "A\r\u001b[J";
  }

  private static int visible(String line) {
    return COLOUR.matcher(line).replaceAll("").length();
  }

  private void print(String what) {
    out.print(what);
    out.flush();
  }

  /** The line of one bar. */
  private final class Line implements ProgressBarConsumer {
    private String text = "";

    @Override
    public int getMaxRenderedLength() {
      // A line that fills the last column would wrap.
      return columns.getAsInt() - 1;
    }

    /** The first bar draws all lines, because it exists at least as long as each other bar. */
    @Override
    public void accept(String rendered) {
      synchronized (LastLines.this) {
        text = rendered.stripTrailing();
        if (!lines.isEmpty() && lines.getFirst() == this) {
          draw();
        }
      }
    }

    @Override
    public void close() {
      synchronized (LastLines.this) {
        // The first line stays until all are removed.
        if (!lines.isEmpty() && lines.getFirst() != this) {
          lines.remove(this);
        }
      }
    }
  }
}
