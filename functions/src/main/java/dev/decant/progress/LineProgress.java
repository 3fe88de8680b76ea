package dev.decant.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Progress for a log: plain lines, and of a stage that lasts one line each interval. A stage that
 * ends before the first interval says nothing. For any number of threads.
 */
public final class LineProgress implements Progress {
  private final PrintStream out;
  private final long interval;
  private final LongSupplier nanoTime;

  private @Nullable String stage;
  private String unit = "";
  private long total;
  private long units;
  private long begun;
  private long next;

  /** The caller owns the stream. */
  public LineProgress(PrintStream out, Duration interval, LongSupplier nanoTime) {
    this.out = out;
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void stage(String name, long total, String unit) {
    this.stage = name;
    this.unit = unit;
    this.total = total;
    units = 0;
    begun = nanoTime.getAsLong();
    next = begun + interval;
  }

  @Override
  public synchronized void advance(long more, @Nullable String detail) {
    units += more;
    long now = nanoTime.getAsLong();
    if (stage != null && now - next >= 0) {
      next = now + interval;
      out.println(line(now, detail));
    }
  }

  @Override
  public synchronized void done() {
    stage = null;
  }

  @Override
  public synchronized void message(String text) {
    out.println(text);
  }

  private String line(long now, @Nullable String detail) {
    StringBuilder line = new StringBuilder(Objects.requireNonNull(stage)).append(": ");
    line.append(Quantity.of(units, unit));
    if (total > 0) {
      line.append(" of ").append(Quantity.of(total, unit));
      line.append(" (").append(Math.min(100, units * 100 / total)).append(" %)");
    }
    line.append(", ").append(Duration.ofNanos(now - begun).toSeconds()).append(" s");
    return detail == null ? line.toString() : line.append(", ").append(detail).toString();
  }
}
