package dev.decant.testing;

import dev.decant.store.SnapshotStore;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A store that counts the bytes that are requested from it. */
public final class CountingStore extends ForwardingStore {
  private final AtomicLong bytes = new AtomicLong();

  public CountingStore(SnapshotStore store) {
    super(store);
  }

  /** The number of bytes that were requested from {@code open} and {@code read} so far. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    bytes.addAndGet(length);
    return super.open(key, offset, length);
  }

  @Override
  public Optional<byte[]> read(String key) {
    Optional<byte[]> read = super.read(key);
    read.ifPresent(all -> bytes.addAndGet(all.length));
    return read;
  }
}
