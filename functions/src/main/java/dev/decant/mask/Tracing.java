package dev.decant.mask;

/** Which raw values of a masked column the leak trace looks for. */
public enum Tracing {
  /** None, because the values identify nobody. */
  NONE,

  /** Every value that is long enough. */
  EVERY,

  /** Values of two words or more, because a single word is a common name or a street. */
  TWO_WORDS,

  /**
   * Texts from 12 characters up. A text that stands in many rows says nothing about a person, so it
   * counts only while it is rare.
   */
  LONG_TEXTS
}
