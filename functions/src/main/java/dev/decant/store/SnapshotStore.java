package dev.decant.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A store of snapshots. Keys are relative paths with {@code /}. All failures are {@link
 * dev.decant.error.DecantException}s of the kind STORE; transient failures were retried with
 * growing pauses before. Any number of threads may use a store.
 */
public interface SnapshotStore extends AutoCloseable {
  /**
   * The location as people write it, without credentials: {@code s3://bucket/prefix} or the path of
   * a folder.
   */
  String location();

  /** Whether each access to it goes over a network. */
  boolean isRemote();

  /**
   * The location of an object for people and other tools: {@code s3://bucket/prefix/key} or a path.
   */
  String locate(String key);

  Optional<StoredObject> stat(String key);

  /** All objects whose key begins with {@code prefix}, by key. */
  List<StoredObject> list(String prefix);

  /**
   * Opens the bytes {@code [offset, offset + length)} of an object as a stream. A broken connection
   * is resumed. The caller closes the stream.
   */
  InputStream open(String key, long offset, long length);

  /** Reads a whole small object. Empty if it does not exist. */
  Optional<byte[]> read(String key);

  /** Writes a whole small object. An existing object is replaced atomically. */
  void put(String key, byte[] content);

  /**
   * Writes a small object unless one exists under the key. This is atomic. Returns false if one
   * exists.
   */
  boolean putIfAbsent(String key, byte[] content);

  /**
   * Replaces a small object if it still has this etag. This is atomic. Returns false if it does
   * not.
   */
  boolean replace(String key, byte[] content, String etag);

  /** Begins to write an object of any size. No reader sees it before {@link Upload#commit}. */
  Upload upload(String key);

  /** Removes an object. Does nothing if it does not exist. */
  void delete(String key);

  /**
   * The keys of the uploads below a prefix that were begun before {@code olderThan} and not
   * committed. A key may occur more than once.
   */
  List<String> unfinishedUploads(String prefix, java.time.Instant olderThan);

  /**
   * Aborts the uploads below a prefix that were begun before {@code olderThan} and not committed,
   * or removes their temporary files. Returns how many there were.
   */
  int abortUploads(String prefix, java.time.Instant olderThan);

  @Override
  void close();

  /** An object that is being written, in order, by one thread at a time. */
  interface Upload extends AutoCloseable {
    void write(byte[] bytes, int from, int to);

    /** Makes the object visible. It replaces an existing object. */
    void commit();

    /** Discards the written bytes unless {@link #commit} was called. */
    @Override
    void close();
  }
}
