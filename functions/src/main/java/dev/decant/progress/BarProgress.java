package dev.decant.progress;

import dev.decant.error.Printable;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress to a person at a terminal: a bar for the running stage and, on a wide terminal,
 * one for each table that is being loaded below it. Messages scroll past above the bars. The width
 * of the terminal may change at any time. Any number of threads may use it. {@link #done()} removes
 * the bars.
 */
public final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 150;
  private static final int MOST_TABLES = 8;
  private static final int LONGEST_NAME = 30;
  private static final long MEGABYTE = 1_000_000;

  private final LastLines lines;
  private final boolean colour;
  private final StageProgress tally = new StageProgress();
  private final Map<String, ProgressBar> running = new LinkedHashMap<>();
  private @Nullable ProgressBar bar;

  /**
   * The caller owns the stream.
   *
   * @param columns returns the current width of the terminal
   */
  public BarProgress(PrintStream out, IntSupplier columns, boolean colour) {
    this.lines = new LastLines(out, columns);
    this.colour = colour;
  }

  @Override
  public synchronized void tables(List<TableShare> tables) {
    tally.tables(tables);
  }

  @Override
  public synchronized void stage(String name, long total, String unit) {
    done();
    tally.begin(name, total, unit, System.nanoTime());
    bar = bar(name, total, unit, lines.open());
  }

  @Override
  public void advance(long units, @Nullable String detail) {
    advance(units, 0, detail);
  }

  @Override
  public synchronized void advance(long units, long rows, @Nullable String table) {
    if (bar == null) {
      return;
    }
    tally.add(units, rows, table);
    bar.stepBy(units);
    StageProgress.Running share = rows > 0 ? tally.table(table) : null;
    if (share != null) {
      advance(share);
    }
    bar.setExtraMessage(extra());
  }

  private void advance(StageProgress.Running table) {
    String name = table.share().name();
    if (table.done()) {
      close(running.remove(name));
      return;
    }
    ProgressBar its = running.get(name);
    if (its == null && running.size() < MOST_TABLES) {
      its = bar("  " + padded(name), table.share().bytes(), "B", lines.open());
      running.put(name, its);
    }
    if (its != null) {
      its.stepTo(table.bytes());
      its.setExtraMessage(' ' + Quantity.of(table.rows(), "rows"));
    }
  }

  @Override
  public synchronized void done() {
    tally.end();
    running
        .values()
        .forEach(ProgressBar::refresh); // the first bar draws all bars for the last time
    close(bar);
    running.values().forEach(BarProgress::close);
    running.clear();
    bar = null;
    // The library ends a bar in a thread of its own. After the lines are closed, nothing is drawn.
    lines.close();
  }

  @Override
  public void message(String text) {
    lines.above(Printable.of(text));
  }

  private static void close(@Nullable ProgressBar ended) {
    if (ended != null) {
      ended.close();
    }
  }

  private ProgressBar bar(String name, long total, String unit, ProgressBarConsumer line) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(Printable.line(name))
            .setInitialMax(total)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .continuousUpdate()
            .setStyle(colour ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setConsumer(line);
    if (unit.equals("B")) {
      // A small total would be 0 or 1 in megabytes.
      builder =
          total >= 0 && total < 10 * MEGABYTE
              ? builder.setUnit(" kB", 1000)
              : builder.setUnit(" MB", MEGABYTE);
      DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
      builder = builder.showSpeed(new DecimalFormat("0.0", symbols));
    }
    return builder.build();
  }

  private String extra() {
    List<String> parts = new ArrayList<>();
    if (tally.rows() > 0) {
      parts.add(Quantity.of(tally.rows(), "rows"));
    }
    parts.add(tally.tablesDone());
    if (running.isEmpty()) {
      parts.add(tally.detail());
    }
    parts.removeIf(String::isEmpty);
    return parts.isEmpty() ? "" : ' ' + Printable.line(String.join(", ", parts));
  }

  private static String padded(String table) {
    String name = Printable.line(table);
    String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    return cut + " ".repeat(LONGEST_NAME - cut.length());
  }
}
