package dev.decant.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;

/**
 * Reads the text of single frames of a snapshot. It is given out only after the frame's SHA-256 is
 * the one that the manifest states. For one thread at a time; the source is the caller's.
 */
public final class FrameReader implements AutoCloseable {
  private final FrameSource source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final Bytes text = new Bytes(0);

  public FrameReader(FrameSource source) {
    this.source = source;
  }

  /** Of the dump under this key. */
  public FrameReader(SnapshotStore store, String key) {
    this(new StoredFrames(store, key));
  }

  /**
   * The text of a frame. It stands until the next call.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} where it is not what the manifest
   *     states
   */
  public Bytes read(Frame frame) {
    return text(frame, source.read(frame));
  }

  /** The text of a frame whose compressed bytes the source gave. It stands until the next call. */
  public Bytes text(Frame frame, byte[] compressed) {
    FrameLimits.check(source.location(), frame);
    int textLength = (int) frame.textLength();
    // The size in the frame's own header: nothing is decompressed that would not fit.
    if (Zstd.getFrameContentSize(compressed, 0, compressed.length) != textLength) {
      throw damaged(frame, "does not have the length that its manifest states");
    }
    text.clear();
    byte[] to = text.reserve(textLength);
    try {
      int written =
          context.decompressByteArray(to, 0, textLength, compressed, 0, compressed.length);
      text.length(written);
    } catch (ZstdException e) {
      throw damaged(frame, "cannot be decompressed");
    }
    return text;
  }

  private DecantException damaged(Frame frame, String how) {
    return FrameSource.damaged(source.location(), frame, how);
  }

  @Override
  public void close() {
    context.close();
  }
}
