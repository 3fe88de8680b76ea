package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * A store in memory that tells each write before it does it, so that a test can fail it or look at
 * what others would see meanwhile.
 */
public final class MemoryStore implements SnapshotStore {
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /** Every change, in order: {@code put KEY}, {@code commit KEY}, {@code delete KEY}. */
  public final List<String> changes = new ArrayList<>();

  /** Told each change before it happens. */
  public Consumer<String> before = _ -> {};

  /** Told each change after it happened. */
  public Consumer<String> after = _ -> {};

  /** How often an object was read whole. */
  public int reads;

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public String locate(String key) {
    return "memory/" + key;
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return Optional.ofNullable(objects.get(key)).map(bytes -> stored(key, bytes));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(e -> stored(e.getKey(), e.getValue()))
        .toList();
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    byte[] bytes = objects.get(key);
    if (bytes == null || offset + length > bytes.length) {
      throw new DecantException(ErrorCode.STORE_FAILED, "no such range");
    }
    return new ByteArrayInputStream(bytes, (int) offset, (int) length);
  }

  @Override
  public Optional<byte[]> read(String key) {
    reads++;
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public void put(String key, byte[] content) {
    change("put " + key, () -> objects.put(key, content.clone()));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    boolean[] absent = {false};
    change(
        "putIfAbsent " + key, () -> absent[0] = objects.putIfAbsent(key, content.clone()) == null);
    return absent[0];
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Upload upload(String key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new Upload() {
      @Override
      public void write(byte[] from, int start, int end) {
        bytes.write(from, start, end - start);
      }

      @Override
      public void commit() {
        change("commit " + key, () -> objects.put(key, bytes.toByteArray()));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void delete(String key) {
    change("delete " + key, () -> objects.remove(key));
  }

  @Override
  public int abortUploads(String prefix, Instant olderThan) {
    return 0;
  }

  @Override
  public void close() {}

  private void change(String what, Runnable act) {
    before.accept(what);
    act.run();
    changes.add(what);
    after.accept(what);
  }

  private static StoredObject stored(String key, byte[] bytes) {
    return new StoredObject(
        key, bytes.length, Instant.EPOCH, Integer.toHexString(Arrays.hashCode(bytes)));
  }
}
