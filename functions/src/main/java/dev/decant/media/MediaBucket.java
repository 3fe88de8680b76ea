package dev.decant.media;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The objects below a prefix of a bucket. Any number of threads may use it. Each failure is a
 * {@link dev.decant.error.DecantException} that names the object and the missing permission.
 * Requests whose failure may be temporary were retried several times before.
 */
public interface MediaBucket extends AutoCloseable {
  /** The location in the form {@code s3://bucket/prefix}. */
  String location();

  /**
   * Lists all objects in the order of the UTF-8 bytes of their keys. One page is in memory while
   * the next is fetched. Only one thread may use the iterator. It throws if the store lists in
   * another order.
   */
  Iterator<MediaObject> list();

  /** Asks for the details of an object. Empty if it does not exist. */
  Optional<MediaDetails> details(String key);

  /** Writes a small object. It replaces an existing one. */
  void put(String key, byte[] content, String contentType, String mark);

  /**
   * Removes at most 1000 objects. Objects that do not exist count as removed.
   *
   * @return the keys that could not be removed
   */
  List<String> delete(List<String> keys);

  /**
   * Makes copies from another bucket to this one. If both are in the same store, the store itself
   * copies.
   */
  MediaCopy copyFrom(MediaBucket source);

  @Override
  void close();
}
