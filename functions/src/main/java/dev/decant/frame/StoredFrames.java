package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;

/**
 * The frames of a dump in a store. Each is read by its range of bytes. The caller owns the store.
 */
public final class StoredFrames implements FrameSource {
  private final SnapshotStore store;
  private final String key;

  public StoredFrames(SnapshotStore store, String key) {
    this.store = store;
    this.key = key;
  }

  @Override
  public String location() {
    return store.locate(key);
  }

  @Override
  public byte[] read(Frame frame) {
    FrameLimits.check(location(), frame);
    int length = (int) frame.length();
    byte[] compressed;
    try (InputStream in = store.open(key, frame.offset(), length)) {
      compressed = in.readNBytes(length);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED, location() + " could not be read. Run the command again.", e);
    }
    if (compressed.length != length) {
      throw FrameSource.damaged(location(), frame, "is cut");
    }
    if (!FrameSource.matches(frame, compressed)) {
      throw FrameSource.damaged(
          location(), frame, "does not have the SHA-256 that its manifest states");
    }
    return compressed;
  }
}
