package dev.decant.testing;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that fails at one call: {@code "put .report.html"} fails a put of such a key. */
public record FailingStore(SnapshotStore store, String failing) implements SnapshotStore {
  private void call(String name, String key) {
    String[] words = failing.split(" ", 2);
    if (words.length == 2 && words[0].equals(name) && key.endsWith(words[1])) {
      throw new DecantException(ErrorCode.STORE_FAILED, failing + " failed");
    }
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
    call("put", key);
    store.put(key, content);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    call("putIfAbsent", key);
    return store.putIfAbsent(key, content);
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    return store.replace(key, content, etag);
  }

  @Override
  public Upload upload(String key) {
    Upload upload = store.upload(key);
    return new Upload() {
      @Override
      public void write(byte[] bytes, int from, int to) {
        call("write", key);
        upload.write(bytes, from, to);
      }

      @Override
      public void commit() {
        call("commit", key);
        upload.commit();
      }

      @Override
      public void close() {
        upload.close();
      }
    };
  }

  @Override
  public void delete(String key) {
    store.delete(key);
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
