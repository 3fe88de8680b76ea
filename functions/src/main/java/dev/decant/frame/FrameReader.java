package dev.decant.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;

/**
 * Reads the text of single frames of a snapshot. It returns a text only if the SHA-256 of the frame
 * is the one that the manifest states. Only one thread at a time may use it. The caller owns the
 * source.
 */
public final class FrameReader implements AutoCloseable {
  private final FrameSource source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final Bytes text = new Bytes(0);

  public FrameReader(FrameSource source) {
    this.source = source;
  }

  /** Reads the frames of the dump under a key. */
  public FrameReader(SnapshotStore store, String key) {
    this(new StoredFrames(store, key));
  }

  /**
   * Reads the text of a frame. The text is valid until the next call.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} if the frame does not match the
   *     manifest
   */
  public Bytes read(Frame frame) {
    return text(frame, source.read(frame));
  }

  /**
   * Decompresses a frame whose compressed bytes came from the source. The text is valid until the
   * next call.
   */
  public Bytes text(Frame frame, byte[] compressed) {
    FrameLimits.check(source.location(), frame);
    int textLength = (int) frame.textLength();
    // The header of the frame states its size too, so nothing is decompressed that would not fit.
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
