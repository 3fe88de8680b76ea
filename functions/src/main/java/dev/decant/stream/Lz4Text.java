package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a chain of lz4 frames and verifies the checksums of their contents, if they have
 * any; the frames of pg_dump do not. Input without any byte gives an empty text. See decision 0160
 * for the library.
 */
public final class Lz4Text extends BlockStream {
  private final String name;
  private final ByteBlocks raw;
  private @Nullable InputStream frames;
  private boolean ended;

  public Lz4Text(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (frames == null && !raw.advance()) {
      return -1;
    }
    try {
      if (frames == null) {
        frames = new FramedLZ4CompressorInputStream(new Input(), true);
      }
      return frames.read(bytes, from, length);
    } catch (DecantException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library throws both for damaged frames
      throw failure(e);
    }
  }

  private DecantException failure(Exception e) {
    if (ended) {
      return new DecantException(
          ErrorCode.INPUT_CUT, ZstdText.cut(name, raw.taken(), "lz4 frame"), e);
    }
    boolean checksum =
        String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("checksum mismatch");
    return new DecantException(
        checksum ? ErrorCode.INPUT_CHECKSUM : ErrorCode.INPUT_INVALID,
        ZstdText.damaged(name, raw.taken(), "lz4: " + e.getMessage()),
        e);
  }

  /** The raw bytes as the stream that the library reads. It notices if they end. */
  private final class Input extends InputStream {
    @Override
    public int read() {
      int next = raw.read();
      ended |= next < 0;
      return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (length == 0) {
        return 0;
      }
      if (!raw.advance()) {
        ended = true;
        return -1;
      }
      int count = Math.min(length, raw.current().remaining());
      raw.current().get(bytes, from, count);
      return count;
    }
  }
}
