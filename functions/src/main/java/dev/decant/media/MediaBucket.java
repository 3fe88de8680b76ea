package dev.decant.media;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The objects below a prefix of a bucket: listed, read about, written, removed, and copied from
 * another. For any number of threads. Each failure is a {@link dev.decant.error.DecantException}
 * that names the object and the right that lacks; what may pass by itself was tried several times
 * before.
 */
public interface MediaBucket extends AutoCloseable {
  /** {@code s3://bucket/prefix}. */
  String location();

  /**
   * All objects in the order of their keys' UTF-8 bytes, a page of them in memory and the next on
   * its way. For one thread; a store that lists in another order is an error.
   */
  Iterator<MediaObject> list();

  /** Empty where the object is not there. */
  Optional<MediaDetails> details(String key);

  /** Writes a small object; it replaces another. */
  void put(String key, byte[] content, String contentType, String mark);

  /**
   * Removes objects, 1000 at most; those that are not there count as removed.
   *
   * @return the keys that could not be removed
   */
  List<String> delete(List<String> keys);

  /**
   * CopiedContent from another bucket to this one, by the store itself where both are of one store.
   */
  MediaCopy copyFrom(MediaBucket source);

  @Override
  void close();
}
