package dev.decant.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes progress to a log as plain lines. A long stage writes one line in each interval; a stage
 * that ends before the first interval writes none. Any number of threads may use it.
 */
public final class LineProgress implements Progress {
  private final PrintStream out;
  private final long interval;
  private final LongSupplier nanoTime;
  private final StageProgress tally = new StageProgress();
  private long next;

  /** The caller owns the stream. */
  public LineProgress(PrintStream out, Duration interval, LongSupplier nanoTime) {
    this.out = out;
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void tables(List<TableShare> tables) {
    tally.tables(tables);
  }

  @Override
  public synchronized void stage(String name, long total, String unit) {
    long now = nanoTime.getAsLong();
    tally.begin(name, total, unit, now);
    next = now + interval;
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

  /** Writes a line if the last one is an interval ago. */
  public synchronized void tick() {
    long now = nanoTime.getAsLong();
    if (tally.stage() != null && now - next >= 0) {
      next = now + interval;
      out.println(line(now));
    }
  }

  @Override
  public synchronized void done() {
    tally.end();
  }

  @Override
  public synchronized void message(String text) {
    out.println(text);
  }

  private String line(long now) {
    StringBuilder line = new StringBuilder(Objects.requireNonNull(tally.stage())).append(": ");
    line.append(tally.amount());
    if (tally.percent() >= 0) {
      line.append(" (").append(tally.percent()).append(" %)");
    }
    line.append(", ").append(tally.seconds(now)).append(" s");
    for (String part :
        List.of(
            tally.rate(now),
            tally.rows() > 0 ? Quantity.of(tally.rows(), "rows") : "",
            tally.tablesDone(),
            tally.left(now),
            tally.detail())) {
      if (!part.isEmpty()) {
        line.append(", ").append(part);
      }
    }
    return line.toString();
  }
}
