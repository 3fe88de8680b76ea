package dev.decant.trace;

/** Which raw values of a masked column are traced. */
public enum Tracing {
  /** Every value that is long enough. */
  EVERY,

  /** Values of two words or more, because a single word is a common name or a street. */
  TWO_WORDS,

  /**
   * Texts from 12 characters up. If a text stands in many rows, it says nothing about a person, and
   * it counts only while it is rare (see {@link LeakSearch}).
   */
  LONG_TEXTS
}
