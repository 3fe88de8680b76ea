package dev.decant.mask.value;

/** Reads and writes UTF-8 (RFC 3629) one character at a time, in place. It never fails. */
public final class Utf8 {
  /** The number of bytes of the longest characters. */
  public static final int LONGEST = 4;

  private static final int LENGTH_SHIFT = 24;
  private static final int CODE_POINT = (1 << LENGTH_SHIFT) - 1;

  private Utf8() {}

  /**
   * Decodes the character at {@code i}. {@link #length} and {@link #codePoint} take the answer
   * apart. A byte that does not begin a valid character counts as one character with the code point
   * 0.
   */
  public static int decode(byte[] bytes, int i, int to) {
    int first = bytes[i];
    if (first >= 0) {
      return 1 << LENGTH_SHIFT | first;
    }
    int length = lengthAfter(first & 0xff);
    if (length == 1 || i + length > to) {
      return 1 << LENGTH_SHIFT;
    }
    int codePoint = first & (0x7f >> length);
    for (int j = 1; j < length; j++) {
      int next = bytes[i + j];
      if ((next & 0xc0) != 0x80) {
        return 1 << LENGTH_SHIFT;
      }
      codePoint = codePoint << 6 | (next & 0x3f);
    }
    boolean valid =
        codePoint >= smallest(length)
            && codePoint <= Character.MAX_CODE_POINT
            && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    return valid ? length << LENGTH_SHIFT | codePoint : 1 << LENGTH_SHIFT;
  }

  private static int lengthAfter(int first) {
    if (first >= 0xc2 && first < 0xe0) {
      return 2;
    }
    if (first >= 0xe0 && first < 0xf0) {
      return 3;
    }
    return first >= 0xf0 && first < 0xf5 ? 4 : 1;
  }

  private static int smallest(int length) {
    return length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  }

  public static int length(int decoded) {
    return decoded >>> LENGTH_SHIFT;
  }

  public static int codePoint(int decoded) {
    return decoded & CODE_POINT;
  }

  /** The number of bytes of a code point. */
  public static int lengthOf(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Writes a code point, and returns the position after it. */
  public static int encode(int codePoint, byte[] bytes, int at) {
    if (codePoint < 0x80) {
      bytes[at] = (byte) codePoint;
      return at + 1;
    }
    int length = lengthOf(codePoint);
    int rest = codePoint;
    for (int j = length - 1; j > 0; j--) {
      bytes[at + j] = (byte) (0x80 | (rest & 0x3f));
      rest >>>= 6;
    }
    bytes[at] = (byte) ((0xf00 >> length) | rest);
    return at + length;
  }

  /** The position after {@code count} characters, at most {@code to}. */
  public static int skip(byte[] bytes, int from, int to, int count) {
    int i = from;
    for (int n = count; n > 0 && i < to; n--) {
      i += length(decode(bytes, i, to));
    }
    return i;
  }

  /**
   * The end of the last character that ends at {@code to} or before it. The array must have a byte
   * at {@code to}. Bytes that are not UTF-8 end anywhere.
   */
  public static int floor(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && to - end < LONGEST - 1 && continues(bytes[end])) {
      end--;
    }
    return continues(bytes[end]) ? to : end;
  }

  private static boolean continues(byte b) {
    return (b & 0xc0) == 0x80;
  }

  public static int count(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i += length(decode(bytes, i, to))) {
      count++;
    }
    return count;
  }

  /** Whether the bytes are UTF-8 without a NUL, which no text of PostgreSQL has. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int decoded = decode(bytes, i, to);
      if (codePoint(decoded) == 0) {
        return false;
      }
      i += length(decoded);
    }
    return true;
  }
}
