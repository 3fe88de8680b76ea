package dev.decant.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.decant.stream.Digests;
import java.security.MessageDigest;

/**
 * Compresses a text into one zstd frame with the size of its content in the header and a checksum
 * at the end. The same text and level give the same bytes. Only one thread at a time may use it, so
 * each worker has its own.
 */
public final class FrameCompressor implements AutoCloseable {
  static final int DEFAULT_LEVEL = 3;

  /** A buffer larger than this, which a huge row needed, is not kept. In bytes. */
  private static final int LARGEST_KEPT = 64 << 20;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final MessageDigest sha256 = Digests.sha256();
  private byte[] buffer = new byte[0];

  public FrameCompressor() {
    this(DEFAULT_LEVEL);
  }

  /** Compresses with a level of zstd from 1 to 22. */
  public FrameCompressor(int level) {
    context.setLevel(level).setContentSize(true).setChecksum(true);
  }

  /** Compresses the bytes {@code [from, to)}. The result is valid until the next call. */
  public CompressedFrame compress(byte[] text, int from, int to) {
    int textLength = to - from;
    long bound = Zstd.compressBound(textLength);
    if (bound > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a frame's text of " + textLength + " bytes");
    }
    if (buffer.length < bound || buffer.length > LARGEST_KEPT) {
      buffer = new byte[(int) bound];
    }
    int length = context.compressByteArray(buffer, 0, buffer.length, text, from, textLength);
    sha256.update(buffer, 0, length);
    return new CompressedFrame(buffer, length, textLength, Digests.hex(sha256));
  }

  /** Releases the memory that a huge text needed. The last result is not valid any more. */
  public void release() {
    if (buffer.length > LARGEST_KEPT) {
      buffer = new byte[0];
    }
  }

  /** Compresses a whole array. */
  public CompressedFrame compress(byte[] text) {
    return compress(text, 0, text.length);
  }

  @Override
  public void close() {
    context.close();
  }
}
