package dev.decant.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where snapshots live. Keys are relative, with {@code /}. All failures are {@link
 * dev.decant.error.DecantException}s of kind STORE; transient ones were retried with backoff
 * before. For any number of threads.
 */
public interface SnapshotStore extends AutoCloseable {
  /** How people write it: {@code s3://bucket/prefix} or a folder's path. Without credentials. */
  String location();

  /** Whether each access to it goes over a network. */
  boolean isRemote();

  /** Where an object is, for people and tools: {@code s3://bucket/prefix/key} or a path. */
  String locate(String key);

  Optional<StoredObject> stat(String key);

  /** All objects whose key begins with {@code prefix}, by key. */
  List<StoredObject> list(String prefix);

  /**
   * The bytes {@code [offset, offset + length)} of an object as a stream; a broken connection is
   * resumed. The caller closes it.
   */
  InputStream open(String key, long offset, long length);

  /** A small object whole. Empty where there is none. */
  Optional<byte[]> read(String key);

  /** Writes a small object whole; what was there before is replaced at once. */
  void put(String key, byte[] content);

  /** Writes a small object only where there is none. Atomic. False where there was one. */
  boolean putIfAbsent(String key, byte[] content);

  /** Replaces a small object only while its etag is still this. Atomic. False where it is not. */
  boolean replace(String key, byte[] content, String etag);

  /** Begins an object of any size. It is visible to nobody before {@link Upload#commit}. */
  Upload upload(String key);

  /** Removes an object; fine where there is none. */
  void delete(String key);

  /**
   * Aborts uploads below the prefix that were begun and not committed before {@code olderThan};
   * temporary files likewise. Answers how many.
   */
  int abortUploads(String prefix, java.time.Instant olderThan);

  @Override
  void close();

  /** An object being written, in order, by one thread at a time. */
  interface Upload extends AutoCloseable {
    void write(byte[] bytes, int from, int to);

    /** Makes the object visible, replacing what was there. */
    void commit();

    /** Without {@link #commit} before: takes back all that was written. */
    @Override
    void close();
  }
}
