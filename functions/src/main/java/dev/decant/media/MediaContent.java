package dev.decant.media;

import java.util.Optional;

/**
 * The content that the destination gets for each object of the source. Any number of threads may
 * use it.
 */
interface MediaContent {
  /**
   * The size in bytes of the object in the destination, as far as the listing of the source shows
   * it.
   */
  long size(MediaObject source);

  /** Whether the listings alone prove that the destination has the content. */
  boolean same(MediaObject source, MediaObject destination);

  /**
   * Whether the mark of the destination's object proves that it has the content. This takes a
   * request, so it is called only if the listings prove nothing.
   */
  boolean sameByMark(MediaObject source, MediaObject destination);

  /**
   * Writes the content and returns its size in bytes. Empty if the source does not have the object
   * any more.
   */
  Optional<Long> write(MediaObject source);
}
