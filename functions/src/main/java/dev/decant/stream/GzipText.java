package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a chain of gzip members (RFC 1952) and verifies their checksums. Zeros may follow
 * the last member. GZIPInputStream of the JDK takes a cut or damaged second member for the end of
 * the file. GzipCompressorInputStream of commons-compress refuses the zeros, and only the text of
 * its exceptions distinguishes a wrong checksum from other damage.
 */
public final class GzipText extends BlockStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final String name;
  private final ByteBlocks raw;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;

  public GzipText(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    while (inMember || nextMember()) {
      int count = inflate(bytes, from, length);
      if (count > 0) {
        crc.update(bytes, from, count);
        return count;
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int from, int length) {
    try {
      int count = inflater.inflate(bytes, from, length);
      if (count == 0 && inflater.finished()) {
        endMember();
      } else if (count == 0) {
        more();
      }
      return count;
    } catch (DataFormatException e) {
      String message = ZstdText.damaged(name, raw.taken(), "gzip: " + e.getMessage());
      throw new DecantException(ErrorCode.INPUT_INVALID, message, e);
    }
  }

  private void more() {
    if (inflater.needsDictionary()) {
      String message = ZstdText.damaged(name, raw.taken(), "gzip: it needs a dictionary");
      throw new DecantException(ErrorCode.INPUT_INVALID, message);
    }
    if (!raw.advance()) {
      throw cut();
    }
    inflater.setInput(raw.current());
  }

  /** Reads the header of the next member. Returns false if none follows. */
  private boolean nextMember() {
    int first = raw.read();
    if (first < 0 || (first == 0 && raw.onlyZerosFollow())) {
      return false;
    }
    if (first != 0x1f || must() != 0x8b || must() != 8) {
      throw new DecantException(ErrorCode.INPUT_INVALID, ZstdText.garbage(name, "gzip member"));
    }
    skipHeader(must());
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void skipHeader(int flags) {
    skip(6); // time, compression level, system
    if ((flags & EXTRA) != 0) {
      skip(must() | must() << 8);
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skipText(int present) {
    int next = present == 0 ? 0 : must();
    while (next != 0) {
      next = must();
    }
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      must();
    }
  }

  private void endMember() {
    boolean same = little32() == (int) crc.getValue();
    same &= little32() == (int) inflater.getBytesWritten();
    if (!same) {
      String message = ZstdText.damaged(name, raw.taken(), "a gzip checksum differs");
      throw new DecantException(ErrorCode.INPUT_CHECKSUM, message);
    }
    inMember = false;
  }

  private int little32() {
    return must() | must() << 8 | must() << 16 | must() << 24;
  }

  private int must() {
    int read = raw.read();
    if (read < 0) {
      throw cut();
    }
    return read;
  }

  private DecantException cut() {
    return new DecantException(ErrorCode.INPUT_CUT, ZstdText.cut(name, raw.taken(), "gzip member"));
  }

  @Override
  public void close() {
    inflater.end();
  }
}
