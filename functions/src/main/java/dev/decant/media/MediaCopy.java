package dev.decant.media;

import java.util.Optional;

/**
 * CopiedContent objects of one bucket to another under the same key. Afterwards the copy's ETag is
 * the source's, or its mark is. For any number of threads.
 */
public interface MediaCopy {
  /**
   * CopiedContent one object as it is now.
   *
   * @return what was copied, which may differ from what was listed; empty where it is gone
   */
  Optional<MediaObject> copy(MediaObject object);
}
