package dev.decant.testing;

import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that forwards each call to another one. Tests override the calls that they change. */
public abstract class ForwardingStore implements SnapshotStore {
  private final SnapshotStore store;

  protected ForwardingStore(SnapshotStore store) {
    this.store = store;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public boolean isRemote() {
    return store.isRemote();
  }

  @Override
  public String locate(String key) {
    return store.locate(key);
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return store.stat(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    return store.open(key, offset, length);
  }

  @Override
  public Optional<byte[]> read(String key) {
    return store.read(key);
  }

  @Override
  public void put(String key, byte[] content) {
    store.put(key, content);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return store.putIfAbsent(key, content);
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    return store.replace(key, content, etag);
  }

  @Override
  public Upload upload(String key) {
    return store.upload(key);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public List<String> unfinishedUploads(String prefix, Instant olderThan) {
    return store.unfinishedUploads(prefix, olderThan);
  }

  @Override
  public int abortUploads(String prefix, Instant olderThan) {
    return store.abortUploads(prefix, olderThan);
  }

  @Override
  public void close() {
    store.close();
  }
}
