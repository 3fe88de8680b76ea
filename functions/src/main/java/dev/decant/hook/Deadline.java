package dev.decant.hook;

import java.time.Duration;

/**
 * When a hook must be over.
 *
 * @param nanoTime of {@link System#nanoTime()}
 */
record Deadline(long nanoTime) {
  private static final Duration LEAST = Duration.ofMillis(1);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left, never less than a millisecond: clients take none for endless. */
  Duration left() {
    return max(Duration.ofNanos(nanoTime - System.nanoTime()), LEAST);
  }

  /** What is left, but no more than this. */
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
