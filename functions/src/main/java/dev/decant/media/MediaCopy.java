package dev.decant.media;

import java.util.Optional;

/**
 * Copies objects from one bucket to another under the same key. Afterwards the ETag or the mark of
 * the copy is the ETag of the source. Any number of threads may use it.
 */
public interface MediaCopy {
  /**
   * Copies the current version of an object.
   *
   * @return the copied object, which may differ from the listed one; empty if it does not exist any
   *     more
   */
  Optional<MediaObject> copy(MediaObject object);
}
