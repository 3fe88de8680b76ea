package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses one zlib stream (RFC 1950) and verifies its checksum. No bytes may follow it. Input
 * without any byte gives an empty text.
 */
public final class ZlibText extends BlockStream {
  private final String name;
  private final ByteBlocks raw;
  private final Inflater inflater = new Inflater();
  private boolean begun;

  public ZlibText(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    int count = 0;
    while (count == 0 && length > 0) {
      if (inflater.finished() || (!begun && !raw.advance())) {
        requireEnd();
        return -1;
      }
      count = inflate(bytes, from, length);
    }
    return count;
  }

  private int inflate(byte[] bytes, int from, int length) {
    if (inflater.needsInput()) {
      if (!raw.advance()) {
        throw new DecantException(
            ErrorCode.INPUT_CUT, ZstdText.cut(name, raw.taken(), "zlib stream"));
      }
      begun = true;
      inflater.setInput(raw.current());
    }
    try {
      int count = inflater.inflate(bytes, from, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw damaged("zlib: it needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw damaged("zlib: " + e.getMessage());
    }
  }

  private void requireEnd() {
    if (raw.advance()) {
      throw damaged("bytes follow a zlib stream");
    }
  }

  private DecantException damaged(String how) {
    return new DecantException(ErrorCode.INPUT_INVALID, ZstdText.damaged(name, raw.taken(), how));
  }

  @Override
  public void close() {
    inflater.end();
  }
}
