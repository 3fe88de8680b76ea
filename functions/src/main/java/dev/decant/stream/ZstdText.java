package dev.decant.stream;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Decompresses a chain of zstd frames (RFC 8878), including skippable ones, and verifies their
 * checksums. Windows may have up to 2 GiB, which are outside the heap. At the end of the source the
 * last frame must be complete, and zeros may follow it. The stream of zstd-jni does not show where
 * a frame ends, so it cannot distinguish such zeros from a cut frame.
 */
public final class ZstdText extends BlockStream {
  private static final int MAX_WINDOW_LOG = 31;

  private final String name;
  private final ByteBlocks raw;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(MAX_WINDOW_LOG);
  private boolean betweenFrames = true;

  public ZstdText(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    ByteBuffer target = ByteBuffer.wrap(bytes, from, length);
    while (target.position() == from && length > 0) {
      boolean more = raw.advance();
      if (betweenFrames && (!more || isPadding())) {
        return -1;
      }
      betweenFrames = decompress(target, raw.current());
      if (!more && !betweenFrames && target.position() == from) {
        throw new DecantException(ErrorCode.INPUT_CUT, cut(name, raw.taken(), "zstd frame"));
      }
    }
    return target.position() - from;
  }

  /** Whether zeros follow the last frame. A frame cannot begin with a zero byte. */
  private boolean isPadding() {
    ByteBuffer current = raw.current();
    if (current.get(current.position()) != 0) {
      return false;
    }
    if (!raw.onlyZerosFollow()) {
      throw new DecantException(ErrorCode.INPUT_INVALID, garbage(name, "zstd frame"));
    }
    return true;
  }

  private boolean decompress(ByteBuffer target, ByteBuffer input) {
    try {
      return context.decompressByteBufferStream(target, input);
    } catch (ZstdException e) {
      throw failure(e);
    }
  }

  private DecantException failure(ZstdException e) {
    long code = Math.abs(e.getErrorCode()); // zstd-jni gives codes of either sign
    if (code == Zstd.errChecksumWrong()) {
      return new DecantException(ErrorCode.INPUT_CHECKSUM, damaged("a zstd checksum differs"), e);
    }
    if (code == Zstd.errDictionaryWrong()) {
      String message = name + " needs a zstd dictionary. Compress the dump without one (no -D).";
      return new DecantException(ErrorCode.INPUT_UNSUPPORTED, message, e);
    }
    if (code == Zstd.errFrameParameterWindowTooLarge()) {
      String message = name + " has a zstd window above 2 GiB. Compress it with --long=31 or less.";
      return new DecantException(ErrorCode.INPUT_UNSUPPORTED, message, e);
    }
    if (code == Zstd.errPrefixUnknown() && betweenFrames) {
      return new DecantException(ErrorCode.INPUT_INVALID, garbage(name, "zstd frame"), e);
    }
    return new DecantException(ErrorCode.INPUT_INVALID, damaged("zstd: " + e.getMessage()), e);
  }

  private String damaged(String how) {
    return damaged(name, raw.taken(), how);
  }

  public static String cut(String name, long bytes, String part) {
    return String.format(
        Locale.ROOT,
        "%s is cut: it ends after %,d bytes, in the middle of its last %s. Copy or upload it"
            + " again.",
        name,
        bytes,
        part);
  }

  static String damaged(String name, long bytes, String how) {
    return String.format(
        Locale.ROOT,
        "%s is damaged within its first %,d bytes (%s). Copy or upload it again.",
        name,
        bytes,
        how);
  }

  static String garbage(String name, String part) {
    return name
        + " has bytes after its last "
        + part
        + " that are neither compressed data nor padding. "
        + "Copy or upload it again, and make sure that nothing is appended to it.";
  }

  @Override
  public void close() {
    context.close();
  }
}
