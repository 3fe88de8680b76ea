package dev.decant.hook;

import java.time.Duration;

/**
 * The time at which a hook must have ended.
 *
 * @param nanoTime a time of {@link System#nanoTime()}
 */
record Deadline(long nanoTime) {
  private static final Duration LEAST = Duration.ofMillis(1);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The remaining time, at least a millisecond, because clients take zero for no limit. */
  Duration left() {
    return max(Duration.ofNanos(nanoTime - System.nanoTime()), LEAST);
  }

  /** The remaining time, but at most the given one. */
  Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  boolean isPast() {
    return System.nanoTime() - nanoTime >= 0;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
