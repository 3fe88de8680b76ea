package dev.decant.media;

/** The result of comparing two listings at one key. */
sealed interface Difference {
  /** Only the source has the object. */
  record Missing(MediaObject source) implements Difference {}

  /** Both have an object under the key. */
  record Both(MediaObject source, MediaObject destination) implements Difference {}

  /** Only the destination has the object. */
  record Extra(MediaObject destination) implements Difference {}
}
