package dev.decant.media;

/** What two listings, side by side, tell of one key. */
sealed interface Difference {
  /** The destination does not have it. */
  record Missing(MediaObject source) implements Difference {}

  /** Both have it. */
  record Both(MediaObject source, MediaObject destination) implements Difference {}

  /** The source does not have it. */
  record Extra(MediaObject destination) implements Difference {}
}
