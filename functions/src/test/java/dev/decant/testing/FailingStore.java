package dev.decant.testing;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;

/**
 * A store in which one call fails. For example, {@code "put .report.html"} makes a put fail whose
 * key ends in {@code .report.html}.
 */
public final class FailingStore extends ForwardingStore {
  private final String failing;

  public FailingStore(SnapshotStore store, String failing) {
    super(store);
    this.failing = failing;
  }

  private void call(String name, String key) {
    String[] words = failing.split(" ", 2);
    if (words.length == 2 && words[0].equals(name) && key.endsWith(words[1])) {
      throw new DecantException(ErrorCode.STORE_FAILED, failing + " failed");
    }
  }

  @Override
  public void put(String key, byte[] content) {
    call("put", key);
    super.put(key, content);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    call("putIfAbsent", key);
    return super.putIfAbsent(key, content);
  }

  @Override
  public Upload upload(String key) {
    Upload upload = super.upload(key);
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
}
