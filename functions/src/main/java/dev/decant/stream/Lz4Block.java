package dev.decant.stream;

/**
 * Decodes one block of lz4. The format is described in lz4_Block_format.md of the lz4 project: each
 * sequence has a token, literals, and a reference to bytes that were decoded before.
 */
final class Lz4Block {
  /** How far references reach back, in bytes. */
  static final int HISTORY = 64 * 1024;

  private static final int SHORTEST_MATCH = 4;
  private static final int LONG = 15;

  private final byte[] in;
  private final int inEnd;
  private final byte[] out;
  private int from;
  private int to;

  /** The bytes {@code [0, inEnd)} of {@code in} are the block. */
  Lz4Block(byte[] in, int inEnd, byte[] out) {
    this.in = in;
    this.inEnd = inEnd;
    this.out = out;
  }

  /**
   * Writes the decoded bytes at {@code start}.
   *
   * @param base the first byte of {@code out} that references may reach
   * @param limit the position after the last byte that may be written
   * @return the position after the last byte; -1 if the block is damaged
   */
  int decode(int start, int base, int limit) {
    to = start;
    while (from < inEnd) {
      int token = in[from++] & 0xff;
      int literals = length(token >>> 4);
      if (literals < 0 || literals > inEnd - from || literals > limit - to) {
        return -1;
      }
      System.arraycopy(in, from, out, to, literals);
      from += literals;
      to += literals;
      if (from == inEnd) {
        return to;
      }
      if (inEnd - from < 2) {
        return -1;
      }
      int distance = (in[from++] & 0xff) | (in[from++] & 0xff) << 8;
      int match = length(token & LONG) + SHORTEST_MATCH;
      if (match < SHORTEST_MATCH || distance == 0 || distance > to - base || match > limit - to) {
        return -1;
      }
      copy(distance, match);
    }
    return -1;
  }

  /** A length of four bits, which more bytes continue if it is 15. It is negative at the end. */
  private int length(int begun) {
    int length = begun;
    if (begun == LONG) {
      int more;
      do {
        if (from == inEnd) {
          return -SHORTEST_MATCH - 1;
        }
        more = in[from++] & 0xff;
        length += more;
      } while (more == 0xff);
    }
    return length;
  }

  /** Repeats bytes. The source and the target may overlap, and then a pattern is repeated. */
  private void copy(int distance, int length) {
    if (distance >= length) {
      System.arraycopy(out, to - distance, out, to, length);
    } else {
      for (int i = to; i < to + length; i++) {
        out[i] = out[i - distance];
      }
    }
    to += length;
  }
}
