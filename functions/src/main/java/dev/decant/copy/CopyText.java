package dev.decant.copy;

/**
 * The escapes of the text format of PostgreSQL's COPY. The PostgreSQL documentation describes them
 * under "COPY", "Text Format", and the server implements them in {@code copyfromparse.c} and {@code
 * copyto.c}. This class reads every form that the server accepts, and writes the form of pg_dump.
 */
public final class CopyText {
  /**
   * The letter that COPY writes after a backslash for each byte, or 0 if COPY writes the byte
   * itself.
   */
  private static final byte[] ESCAPES = new byte[256];

  static {
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES[0x0b] = 'v';
    ESCAPES['\\'] = '\\';
  }

  private CopyText() {}

  /**
   * Whether the raw field {@code [from, to)} is {@code \N}, which stands for NULL. The field must
   * still have its escapes.
   */
  static boolean isNull(byte[] raw, int from, int to) {
    return to - from == 2 && raw[from] == '\\' && raw[from + 1] == 'N';
  }

  /** Appends a value with its escapes. */
  static void escape(byte[] value, int from, int to, Bytes out) {
    int start = out.length();
    out.append(value, from, to);
    escapeFrom(out, start);
  }

  /**
   * Adds the escapes to the bytes after {@code start}. Most values need none; then the bytes are
   * only scanned and do not move.
   */
  public static void escapeFrom(Bytes out, int start) {
    byte[] array = out.array();
    int end = out.length();
    int specials = 0;
    for (int i = start; i < end; i++) {
      if (ESCAPES[array[i] & 0xff] != 0) {
        specials++;
      }
    }
    if (specials == 0) {
      return;
    }
    array = out.reserve(specials);
    int write = end + specials;
    out.length(write);
    for (int read = end - 1; read >= start; read--) {
      byte letter = ESCAPES[array[read] & 0xff];
      if (letter == 0) {
        array[--write] = array[read];
      } else {
        array[--write] = letter;
        array[--write] = '\\';
      }
    }
  }

  /** The position of the first backslash of {@code [from, to)}, or {@code to}. */
  public static int indexOfBackslash(byte[] raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] == '\\') {
        return i;
      }
    }
    return to;
  }

  /**
   * Appends the value of the raw field {@code [from, to)}. It undoes escapes as the server does.
   */
  public static void unescape(byte[] raw, int from, int to, Bytes out) {
    int i = from;
    while (i < to) {
      int backslash = indexOfBackslash(raw, i, to);
      out.append(raw, i, backslash);
      i = backslash;
      if (i < to) {
        i = unescapeOne(raw, i + 1, to, out);
      }
    }
  }

  /**
   * Undoes the escape whose letter is at {@code i}. A lone backslash at the end stands for itself.
   *
   * @return the position after the escape
   */
  private static int unescapeOne(byte[] raw, int i, int to, Bytes out) {
    if (i == to) {
      out.append((byte) '\\');
      return i;
    }
    byte c = raw[i];
    if (c >= '0' && c <= '7') {
      return octal(raw, i, to, out);
    }
    if (c == 'x' && i + 1 < to && Character.digit(raw[i + 1], 16) >= 0) {
      return hex(raw, i + 1, to, out);
    }
    out.append(
        switch (c) {
          case 'b' -> (byte) '\b';
          case 'f' -> (byte) '\f';
          case 'n' -> (byte) '\n';
          case 'r' -> (byte) '\r';
          case 't' -> (byte) '\t';
          case 'v' -> (byte) 0x0b;
          default -> c;
        });
    return i + 1;
  }

  private static int octal(byte[] raw, int from, int to, Bytes out) {
    int value = 0;
    int i = from;
    while (i < to && i < from + 3 && raw[i] >= '0' && raw[i] <= '7') {
      value = value * 8 + (raw[i++] - '0');
    }
    out.append((byte) value);
    return i;
  }

  private static int hex(byte[] raw, int from, int to, Bytes out) {
    int value = 0;
    int i = from;
    while (i < to && i < from + 2 && Character.digit(raw[i], 16) >= 0) {
      value = value * 16 + Character.digit(raw[i++], 16);
    }
    out.append((byte) value);
    return i;
  }
}
