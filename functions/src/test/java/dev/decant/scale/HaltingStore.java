package dev.decant.scale;

import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.ForwardingStore;
import java.io.InputStream;

/**
 * A store whose process ends at one moment, as if it was killed. The moment is a regular expression
 * of {@code before CALL KEY}, {@code after CALL KEY} or {@code stage NAME}.
 */
final class HaltingStore extends ForwardingStore implements Progress {
  /** The exit code of a process that was killed. */
  static final int KILLED = 137;

  private final String moment;

  HaltingStore(SnapshotStore store, String moment) {
    super(store);
    this.moment = moment;
  }

  private void at(String now) {
    if (now.matches(moment)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private void around(String call, Runnable work) {
    at("before " + call);
    work.run();
    at("after " + call);
  }

  @Override
  public void stage(String name, long total, String unit) {
    at("stage " + name);
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    at("before open " + key);
    return super.open(key, offset, length);
  }

  @Override
  public void put(String key, byte[] content) {
    around("put " + key, () -> super.put(key, content));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    at("before putIfAbsent " + key);
    boolean put = super.putIfAbsent(key, content);
    at("after putIfAbsent " + key);
    return put;
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    at("before replace " + key);
    boolean replaced = super.replace(key, content, etag);
    at("after replace " + key);
    return replaced;
  }

  @Override
  public void delete(String key) {
    around("delete " + key, () -> super.delete(key));
  }

  @Override
  public Upload upload(String key) {
    Upload upload = super.upload(key);
    return new Upload() {
      @Override
      public void write(byte[] bytes, int from, int to) {
        around("write " + key, () -> upload.write(bytes, from, to));
      }

      @Override
      public void commit() {
        around("commit " + key, upload::commit);
      }

      @Override
      public void close() {
        upload.close();
      }
    };
  }
}
