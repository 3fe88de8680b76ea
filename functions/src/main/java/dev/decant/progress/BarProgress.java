package dev.decant.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress for a person at a terminal: one bar, the running stage's, on the last line; messages
 * scroll by above it. For any number of threads. {@link #done()} takes the bar away.
 */
public final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 150;

  private final LastLine lastLine;
  private final boolean colour;
  private @Nullable ProgressBar bar;

  /**
   * The caller owns the stream.
   *
   * @param columns the terminal's width
   */
  public BarProgress(PrintStream out, int columns, boolean colour) {
    this.lastLine = new LastLine(out, columns);
    this.colour = colour;
  }

  @Override
  public synchronized void stage(String name, long total, String unit) {
    done();
    lastLine.open();
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(name)
            .setInitialMax(total)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setStyle(style())
            .setConsumer(lastLine);
    bar = (unit.equals("B") ? builder.setUnit(" MB", 1_000_000).showSpeed() : builder).build();
  }

  @Override
  public synchronized void advance(long units, @Nullable String detail) {
    if (bar == null) {
      return;
    }
    bar.stepBy(units);
    if (detail != null) {
      bar.setExtraMessage(' ' + detail);
    }
  }

  @Override
  public synchronized void done() {
    if (bar != null) {
      bar.close();
      // The bar may end in a thread of its own: the line is empty when this returns.
      lastLine.close();
      bar = null;
    }
  }

  @Override
  public void message(String text) {
    lastLine.above(text);
  }

  private ProgressBarStyle style() {
    return colour ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII;
  }

  /** The terminal's last line: drawn over again and again, and left empty. */
  private static final class LastLine implements ProgressBarConsumer {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final int columns;
    private String drawn = "";
    private boolean open;

    LastLine(PrintStream out, int columns) {
      this.out = out;
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      // A full last column would wrap.
      return columns - 1;
    }

    synchronized void open() {
      open = true;
    }

    /**
     * The bar's own thread may draw once more after the bar was closed: then nobody would erase it.
     */
    @Override
    public synchronized void accept(String line) {
      if (!open) {
        return;
      }
      drawn = line;
      out.print(ERASE + line);
      out.flush();
    }

    synchronized void above(String text) {
      out.print(ERASE + text + System.lineSeparator() + drawn);
      out.flush();
    }

    @Override
    public synchronized void close() {
      open = false;
      drawn = "";
      out.print(ERASE);
      out.flush();
    }
  }
}
