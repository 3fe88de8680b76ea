package dev.decant.archive;

import dev.decant.stream.ByteBlocks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers and strings of an archive. No length in the archive is trusted: memory is
 * allocated only for bytes that have arrived, and the strings together have a limit.
 */
final class ArchiveInput {
  /** The most bytes of all strings that are kept. The strings of 10,000 tables have about 30 MB. */
  private static final long MOST_TEXT = 128 << 20;

  /** What a string costs beside its bytes. */
  private static final int OVERHEAD = 64;

  private static final int STEP = 8 * 1024;

  private final String name;
  private final ByteBlocks raw;
  private int intSize = 4;
  private int offsetSize = 8;
  private long kept;

  ArchiveInput(String name, ByteBlocks raw) {
    this.name = name;
    this.raw = raw;
  }

  String name() {
    return name;
  }

  ByteBlocks raw() {
    return raw;
  }

  void sizes(int ofInteger, int ofOffset) {
    if (ofInteger < 1 || ofInteger > 8 || ofOffset < 1 || ofOffset > 8) {
      throw ArchiveProblem.damaged(name, "the sizes of its numbers are not possible");
    }
    intSize = ofInteger;
    offsetSize = ofOffset;
  }

  /** An input with the same sizes of numbers that reads other bytes of the same archive. */
  ArchiveInput elsewhere(ByteBlocks other) {
    ArchiveInput input = new ArchiveInput(name, other);
    input.sizes(intSize, offsetSize);
    return input;
  }

  int next() {
    int read = raw.read();
    if (read < 0) {
      throw ended();
    }
    return read;
  }

  private RuntimeException ended() {
    return ArchiveProblem.cut(
        name,
        String.format(Locale.ROOT, "after %,d bytes, in the middle of its data", raw.taken()));
  }

  /** A signed number: a byte for the sign, then the bytes of the value, the lowest one first. */
  int integer() {
    int sign = next();
    long value = little(intSize);
    long signed = sign == 0 ? value : -value;
    if (sign > 1 || value < 0 || signed != (int) signed) {
      throw ArchiveProblem.damaged(name, "a number is not possible");
    }
    return (int) signed;
  }

  /** The offset of a block; -1 if it is not set, or if the entry has no block. */
  long offset() {
    int flag = next();
    long offset = little(offsetSize);
    return flag == 2 && offset > 0 ? offset : -1;
  }

  private long little(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  /** A string with one character for each byte, so that every encoding passes unchanged. */
  @Nullable String text() {
    int length = length();
    if (length < 0) {
      return null;
    }
    kept += length + OVERHEAD;
    if (kept > MOST_TEXT) {
      throw ArchiveProblem.unsupported(
          name,
          "has a table of contents of more than 128 MiB. Convert the archive and pipe it, so that"
              + " no raw row is written to disk: pg_restore -f - FILE | decant sanitize - --name"
              + " NAME");
    }
    byte[] bytes = new byte[Math.min(length, STEP)];
    int have = 0;
    while (have < length) {
      if (have == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(length, 2 * have));
      }
      ByteBuffer part = take(bytes.length - have);
      int count = part.remaining();
      part.get(bytes, have, count);
      have += count;
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  String textOrEmpty() {
    String text = text();
    return text == null ? "" : text;
  }

  /** Skips a string. Returns false if it is null. */
  boolean skipText() {
    int length = length();
    int left = Math.max(0, length);
    while (left > 0) {
      left -= take(left).remaining();
    }
    return length >= 0;
  }

  private int length() {
    int length = integer();
    if (length < -1) {
      throw ArchiveProblem.damaged(name, "the length of a string is negative");
    }
    return length;
  }

  /** Consumes up to so many bytes. They are valid until the next call. */
  ByteBuffer take(int most) {
    if (!raw.advance()) {
      throw ended();
    }
    ByteBuffer current = raw.current();
    int end = current.position() + Math.min(most, current.remaining());
    ByteBuffer part = current.duplicate().limit(end);
    current.position(end);
    return part;
  }
}
