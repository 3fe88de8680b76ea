package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/** The hex format of bytea ({@code \x00ff}), which pg_dump always writes. */
public final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Hex() {}

  /** Appends the bytes. It returns false if the text is not in hex format. */
  public static boolean decode(byte[] text, int from, int to, Bytes out) {
    if (to - from < 2 || text[from] != '\\' || text[from + 1] != 'x' || (to - from) % 2 != 0) {
      return false;
    }
    for (int i = from + 2; i < to; i += 2) {
      int high = Character.digit(text[i], 16);
      int low = Character.digit(text[i + 1], 16);
      if (high < 0 || low < 0) {
        return false;
      }
      out.append((byte) (high << 4 | low));
    }
    return true;
  }

  /** Appends the hex format of the bytes. */
  public static void encode(byte[] bytes, int from, int to, Bytes out) {
    out.reserve(2 + 2 * (to - from));
    out.append((byte) '\\');
    out.append((byte) 'x');
    for (int i = from; i < to; i++) {
      out.append(DIGITS[bytes[i] >> 4 & 15]);
      out.append(DIGITS[bytes[i] & 15]);
    }
  }
}
