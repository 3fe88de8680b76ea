package dev.decant.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last lines of a terminal, one for each bar of the library, whose own consumers know one line
 * only: drawn over again and again, and left empty. On a narrow terminal only the first is shown.
 */
final class LastLines {
  /** From here on there is room for more than the first. */
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

  /** One more, the last. */
  synchronized ProgressBarConsumer open() {
    Line line = new Line();
    lines.add(line);
    return line;
  }

  synchronized void above(String text) {
    print(erased() + text + System.lineSeparator() + String.join("\n", drawn));
  }

  /** Takes all away. */
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

  /** Takes away what is drawn: its lines wrap where the terminal has become narrower. */
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

  /** Where one bar draws itself. */
  private final class Line implements ProgressBarConsumer {
    private String text = "";

    @Override
    public int getMaxRenderedLength() {
      // A full last column would wrap.
      return columns.getAsInt() - 1;
    }

    /** The first bar draws all of them: its clock runs as long as any. */
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
        // The first one stays until all are taken away.
        if (!lines.isEmpty() && lines.getFirst() != this) {
          lines.remove(this);
        }
      }
    }
  }
}
