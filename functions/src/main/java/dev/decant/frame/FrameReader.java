package dev.decant.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads single frames of a snapshot. A frame's text is given out only after its SHA-256 is the one
 * that the manifest states. For one thread at a time; the store is the caller's.
 */
public final class FrameReader implements AutoCloseable {
  /**
   * The longest text of a frame. PostgreSQL sends and takes no row above 1 GiB, and a frame ends
   * with the row that fills it.
   */
  public static final long LONGEST_TEXT = (1L << 30) + (64 << 20);

  private final SnapshotStore store;
  private final String key;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final Bytes compressed = new Bytes(0);
  private final Bytes text = new Bytes(0);

  /** Of the dump under this key. */
  public FrameReader(SnapshotStore store, String key) {
    this.store = store;
    this.key = key;
  }

  /**
   * The text of a frame. It stands until the next call.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} where it is not what the manifest
   *     states
   */
  public Bytes read(Frame frame) {
    if (frame.textLength() < 0
        || frame.textLength() > LONGEST_TEXT
        || frame.length() < 0
        || frame.length() > Zstd.compressBound(LONGEST_TEXT)) {
      throw damaged(frame, "is larger than any frame can be");
    }
    fetch(frame);
    byte[] bytes = compressed.array();
    int length = compressed.length();
    if (!Digests.sha256(bytes, 0, length).equals(frame.sha256())) {
      throw damaged(frame, "does not have the SHA-256 that its manifest states");
    }
    decompress(frame, bytes, length);
    return text;
  }

  private void fetch(Frame frame) {
    int length = (int) frame.length();
    compressed.clear();
    byte[] to = compressed.reserve(length);
    int read;
    try (InputStream in = store.open(key, frame.offset(), length)) {
      read = in.readNBytes(to, 0, length);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED, "Cannot read " + store.locate(key) + ". Try again.", e);
    }
    if (read != length) {
      throw damaged(frame, "is cut");
    }
    compressed.length(length);
  }

  private void decompress(Frame frame, byte[] bytes, int length) {
    int textLength = (int) frame.textLength();
    // The size in the frame's own header: nothing is decompressed that would not fit.
    if (Zstd.getFrameContentSize(bytes, 0, length) != textLength) {
      throw damaged(frame, "does not have the length that its manifest states");
    }
    text.clear();
    byte[] to = text.reserve(textLength);
    try {
      int written = context.decompressByteArray(to, 0, textLength, bytes, 0, length);
      text.length(written);
    } catch (ZstdException e) {
      throw damaged(frame, "cannot be decompressed");
    }
  }

  private DecantException damaged(Frame frame, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The frame at byte "
            + frame.offset()
            + " of "
            + store.locate(key)
            + " "
            + how
            + ". Nothing of it was used. Take another snapshot, or sanitize this one anew.");
  }

  @Override
  public void close() {
    context.close();
  }
}
