package dev.decant.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The seek table at the end of a chain of zstd frames. It is a skippable frame, whose format is in
 * {@code contrib/seekable_format/zstd_seekable_compression_format.md} of the zstd project (version
 * 0.1.0). All numbers are little-endian and unsigned.
 *
 * <pre>
 * magic 0x184D2A5E (4) | size of the rest (4)
 * per frame: compressed size (4), uncompressed size (4), checksum (4, if the flag is set)
 * number of frames (4) | descriptor (1): bit 7 is set if there are checksums | magic 0x8F92EAB1 (4)
 * </pre>
 *
 * decant writes no checksums here, because each frame has its own.
 */
final class SeekTable {
  static final int SKIPPABLE_MAGIC = 0x184D2A5E;
  static final int SEEKABLE_MAGIC = 0x8F92EAB1;

  /** The most frames that the format allows. */
  static final int MAX_FRAMES = 0x8000000;

  /** The number of bytes at the very end from which the size of the whole table follows. */
  static final int FOOTER_LENGTH = 9;

  private static final int HEADER_LENGTH = 8;
  private static final int CHECKSUM_FLAG = 0x80;
  private static final int RESERVED_BITS = 0x7c;

  private SeekTable() {}

  /** The compressed and the uncompressed size of a frame in bytes. */
  record Entry(long length, long textLength) {}

  /** Makes the skippable frame that follows these frames. */
  static byte[] encode(List<Entry> entries) {
    if (entries.size() > MAX_FRAMES) {
      throw new IllegalArgumentException(entries.size() + " frames");
    }
    int content = entries.size() * 8 + FOOTER_LENGTH;
    byte[] frame = new byte[HEADER_LENGTH + content];
    ByteBuffer out = littleEndian(frame);
    out.putInt(SKIPPABLE_MAGIC).putInt(content);
    for (Entry entry : entries) {
      out.putInt(unsigned(entry.length())).putInt(unsigned(entry.textLength()));
    }
    out.putInt(entries.size()).put((byte) 0).putInt(SEEKABLE_MAGIC);
    return frame;
  }

  /**
   * The length of the whole skippable frame.
   *
   * @param footer the last {@link #FOOTER_LENGTH} bytes of the snapshot
   * @throws IllegalArgumentException if they are not such a footer
   */
  static long length(byte[] footer) {
    ByteBuffer in = littleEndian(footer);
    long frames = Integer.toUnsignedLong(in.getInt());
    int descriptor = in.get();
    if (in.getInt() != SEEKABLE_MAGIC || (descriptor & RESERVED_BITS) != 0 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException("no seek table");
    }
    return HEADER_LENGTH + frames * entryLength(descriptor) + FOOTER_LENGTH;
  }

  /**
   * Reads the entries of a whole skippable frame. Checksums are ignored.
   *
   * @throws IllegalArgumentException if the bytes are not a seek table
   */
  static List<Entry> decode(byte[] frame) {
    int footer = frame.length - FOOTER_LENGTH;
    ByteBuffer in = littleEndian(frame);
    if (footer < HEADER_LENGTH
        || length(Arrays.copyOfRange(frame, footer, frame.length)) != frame.length
        || in.getInt() != SKIPPABLE_MAGIC
        || in.getInt() != frame.length - HEADER_LENGTH) {
      throw new IllegalArgumentException("no seek table");
    }
    int checksum = entryLength(frame[footer + 4]) - 8;
    List<Entry> entries = new ArrayList<>();
    while (in.position() < footer) {
      entries.add(
          new Entry(Integer.toUnsignedLong(in.getInt()), Integer.toUnsignedLong(in.getInt())));
      in.position(in.position() + checksum);
    }
    return entries;
  }

  private static int entryLength(int descriptor) {
    return (descriptor & CHECKSUM_FLAG) == 0 ? 8 : 12;
  }

  private static int unsigned(long size) {
    if (size < 0 || size > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a frame of " + size + " bytes");
    }
    return (int) size;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
