package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.apache.commons.codec.digest.XXHash32;

/**
 * Decompresses a chain of lz4 frames, including skippable ones, and verifies the checksums that
 * they have; the frames of pg_dump have none but that of their header. Zeros may follow the last
 * frame. The format is described in lz4_Frame_format.md of the lz4 project. See decision 0160.
 */
public final class Lz4Text extends BlockStream {
  private static final int MAGIC = 0x184d2204;
  private static final int SKIPPABLE = 0x184d2a50;
  private static final int VERSION = 0x40;
  private static final int INDEPENDENT = 0x20;
  private static final int BLOCK_SUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_SUM = 0x04;
  private static final int RESERVED = 0x02;
  private static final int DICTIONARY = 0x01;
  private static final int SMALLEST_OUTPUT = 256 * 1024;

  private final String name;
  private final ByteBlocks raw;
  private final XXHash32 contentSum = new XXHash32();
  private byte[] in = new byte[0];
  private byte[] out = new byte[0];
  private int flags;
  private boolean inFrame;

  /** The bytes of the current frame that references may reach begin here. */
  private int base;

  private int position;
  private int end;

  public Lz4Text(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    while (position == end && length > 0) {
      if (!inFrame && !nextFrame()) {
        return -1;
      }
      if (inFrame) {
        nextBlock();
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(out, position, bytes, from, count);
    position += count;
    return count;
  }

  /** Reads the header of the next frame, or skips one. Returns false if none follows. */
  private boolean nextFrame() {
    int first = raw.read();
    if (first < 0 || (first == 0 && raw.onlyZerosFollow())) {
      return false;
    }
    int magic = first | must() << 8 | must() << 16 | must() << 24;
    if ((magic & ~0xf) == SKIPPABLE) {
      for (long left = little32() & 0xffff_ffffL; left > 0; left--) {
        must();
      }
    } else if (magic == MAGIC) {
      beginFrame();
    } else {
      throw new DecantException(ErrorCode.INPUT_INVALID, ZstdText.garbage(name, "lz4 frame"));
    }
    return true;
  }

  private void beginFrame() {
    byte[] header = new byte[10];
    flags = must();
    int sizes = must();
    header[0] = (byte) flags;
    header[1] = (byte) sizes;
    int length = 2 + ((flags & CONTENT_SIZE) == 0 ? 0 : 8);
    for (int i = 2; i < length; i++) {
      header[i] = (byte) must();
    }
    if ((flags & DICTIONARY) != 0) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          name + " needs an lz4 dictionary. Compress the dump without one.");
    }
    int size = sizes >>> 4;
    if ((flags & 0xc0) != VERSION || (flags & RESERVED) != 0 || size < 4 || size > 7) {
      throw damaged("lz4: the header of a frame");
    }
    if (must() != (sum(header, length) >>> 8 & 0xff)) {
      throw sumDiffers();
    }
    int largest = 1 << (8 + 2 * size);
    if (in.length != largest) {
      in = new byte[largest];
      out = new byte[Lz4Block.HISTORY + Math.max(SMALLEST_OUTPUT, largest)];
    }
    base = 0;
    position = 0;
    end = 0;
    contentSum.reset();
    inFrame = true;
  }

  private void nextBlock() {
    int head = little32();
    int size = head & 0x7fff_ffff;
    if (head == 0) {
      inFrame = false;
      if ((flags & CONTENT_SUM) != 0 && little32() != (int) contentSum.getValue()) {
        throw sumDiffers();
      }
      return;
    }
    if (size > in.length) {
      throw damaged("lz4: the size of a block");
    }
    fill(size);
    if ((flags & BLOCK_SUMS) != 0 && little32() != sum(in, size)) {
      throw sumDiffers();
    }
    makeRoom();
    decode(size, head < 0);
    if ((flags & CONTENT_SUM) != 0) {
      contentSum.update(out, position, end - position);
    }
  }

  private void fill(int size) {
    for (int have = 0; have < size; ) {
      if (!raw.advance()) {
        throw cut();
      }
      int count = Math.min(size - have, raw.current().remaining());
      raw.current().get(in, have, count);
      have += count;
    }
  }

  /** Moves the bytes that references can reach to the front if the next block might not fit. */
  private void makeRoom() {
    if (out.length - end < in.length) {
      int kept = Math.min(end - base, Lz4Block.HISTORY);
      System.arraycopy(out, end - kept, out, 0, kept);
      base = 0;
      end = kept;
    }
    position = end;
    if ((flags & INDEPENDENT) != 0) {
      base = end;
    }
  }

  private void decode(int size, boolean stored) {
    if (stored) {
      System.arraycopy(in, 0, out, position, size);
      end = position + size;
      return;
    }
    int decoded = new Lz4Block(in, size, out).decode(position, base, position + in.length);
    if (decoded < 0) {
      throw damaged("lz4: a block");
    }
    end = decoded;
  }

  private static int sum(byte[] bytes, int length) {
    XXHash32 hash = new XXHash32();
    hash.update(bytes, 0, length);
    return (int) hash.getValue();
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
    return new DecantException(ErrorCode.INPUT_CUT, ZstdText.cut(name, raw.taken(), "lz4 frame"));
  }

  private DecantException damaged(String how) {
    return new DecantException(ErrorCode.INPUT_INVALID, ZstdText.damaged(name, raw.taken(), how));
  }

  private DecantException sumDiffers() {
    return new DecantException(
        ErrorCode.INPUT_CHECKSUM, ZstdText.damaged(name, raw.taken(), "an lz4 checksum differs"));
  }
}
