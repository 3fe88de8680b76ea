package dev.decant.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Progress for a person at a terminal: the running stage's bar on the last line, on wide terminals
 * a line for each running table below it; messages scroll by above. The terminal may change its
 * width meanwhile. For any number of threads. {@link #done()} takes the bar away.
 */
public final class BarProgress implements Progress {
  private static final long REDRAW_NANOS = 150_000_000L;
  private static final String ERASE = "\r\u001b[K";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PrintStream out;
  private final IntSupplier columns;
  private final LongSupplier nanoTime;
  private final BarText text;
  private final Tally tally = new Tally();
  private List<String> drawn = List.of();
  private long drawnAt;

  /**
   * The caller owns the stream.
   *
   * @param columns the terminal's width, now
   */
  public BarProgress(PrintStream out, IntSupplier columns, boolean colour, LongSupplier nanoTime) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.text = new BarText(colour);
  }

  @Override
  public synchronized void tables(List<TableShare> tables) {
    tally.tables(tables);
  }

  @Override
  public synchronized void stage(String name, long total, String unit) {
    tally.begin(name, total, unit, nanoTime.getAsLong());
    draw();
  }

  @Override
  public void advance(long units, @Nullable String detail) {
    advance(units, 0, detail);
  }

  @Override
  public synchronized void advance(long units, long rows, @Nullable String table) {
    tally.add(units, rows, table);
    tick();
  }

  /** Draws anew where the last time is long ago: clocks go on while nothing else does. */
  public synchronized void tick() {
    if (tally.stage() != null && nanoTime.getAsLong() - drawnAt >= REDRAW_NANOS) {
      draw();
    }
  }

  @Override
  public synchronized void done() {
    tally.end();
    print(erased());
    drawn = List.of();
  }

  @Override
  public synchronized void message(String line) {
    print(erased() + line + System.lineSeparator() + String.join("\n", drawn));
  }

  private void draw() {
    String erase = erased();
    drawn = text.lines(tally, columns.getAsInt(), nanoTime.getAsLong());
    drawnAt = nanoTime.getAsLong();
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
}
