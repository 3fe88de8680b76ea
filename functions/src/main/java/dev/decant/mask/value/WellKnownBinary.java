package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * The extended well-known binary form of PostGIS (EWKB) in hexadecimal digits, as COPY writes the
 * types geometry and geography. The coordinates can be changed in place. An instance is not for
 * several threads.
 *
 * <p>A geometry is a byte for the byte order, a number of four bytes for its type, a reference
 * system of four bytes if the type says so, and then coordinates or parts.
 */
public final class WellKnownBinary {
  private static final int HAS_Z = 0x80000000;
  private static final int HAS_M = 0x40000000;
  private static final int HAS_SYSTEM = 0x20000000;
  private static final int TYPES = 0x0fffffff;
  private static final int MOST_DEPTH = 64;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  /** Receives the first two coordinates of each place in their order. */
  public interface Places {
    /** A place; {@link #x} and {@link #y} then give its new coordinates. */
    void move(int system, double x, double y);

    double x();

    double y();
  }

  private final Bytes binary = new Bytes(64);
  private int at;
  private int system;
  private boolean little;

  /**
   * Appends the geometry with other places.
   *
   * @return false if the text is not a geometry of a known form; then the appended bytes are
   *     meaningless
   */
  public boolean rewrite(byte[] value, int from, int to, Places places, Bytes out) {
    if (((to - from) & 1) != 0) {
      return false;
    }
    binary.clear();
    for (int i = from; i < to; i += 2) {
      int high = Character.digit(value[i], 16);
      int low = Character.digit(value[i + 1], 16);
      if ((high | low) < 0) {
        return false;
      }
      binary.append((byte) (high << 4 | low));
    }
    at = 0;
    system = 0;
    if (!geometry(0, places) || at != binary.length()) {
      return false;
    }
    for (int i = 0; i < binary.length(); i++) {
      int b = binary.array()[i];
      out.append(HEX[b >> 4 & 15]);
      out.append(HEX[b & 15]);
    }
    return true;
  }

  private boolean geometry(int depth, Places places) {
    if (depth > MOST_DEPTH || left() < 5) {
      return false;
    }
    little = binary.array()[at++] == 1;
    int type = integer();
    if ((type & HAS_SYSTEM) != 0) {
      if (left() < 4) {
        return false;
      }
      system = integer();
    }
    // ISO adds 1000, 2000 or 3000 to the type where EWKB sets bits.
    int thousands = (type & TYPES) / 1000;
    int dimensions =
        2
            + ((type & HAS_Z) != 0 || thousands == 1 || thousands == 3 ? 1 : 0)
            + ((type & HAS_M) != 0 || thousands == 2 || thousands == 3 ? 1 : 0);
    return switch ((type & TYPES) % 1000) {
      case 1 -> place(dimensions, places);
      case 2, 8 -> line(dimensions, places);
      case 3, 17 -> rings(dimensions, places);
      case 4, 5, 6, 7, 9, 10, 11, 12, 15, 16 -> parts(depth, places);
      default -> false;
    };
  }

  private int left() {
    return binary.length() - at;
  }

  /** A count of things that take at least so many bytes each; -1 if so many cannot follow. */
  private int count(int bytes) {
    if (left() < 4) {
      return -1;
    }
    int count = integer();
    return count < 0 || count > left() / bytes ? -1 : count;
  }

  private boolean line(int dimensions, Places places) {
    int count = count(8 * dimensions);
    for (int i = 0; i < count; i++) {
      if (!place(dimensions, places)) {
        return false;
      }
    }
    return count >= 0;
  }

  private boolean rings(int dimensions, Places places) {
    int count = count(4);
    for (int i = 0; i < count; i++) {
      if (!line(dimensions, places)) {
        return false;
      }
    }
    return count >= 0;
  }

  private boolean parts(int depth, Places places) {
    int count = count(5);
    for (int i = 0; i < count; i++) {
      if (!geometry(depth + 1, places)) {
        return false;
      }
    }
    return count >= 0;
  }

  private boolean place(int dimensions, Places places) {
    if (left() < 8 * dimensions) {
      return false;
    }
    double x = Double.longBitsToDouble(word(at));
    double y = Double.longBitsToDouble(word(at + 8));
    // The place of an empty point is not a number.
    if (!Double.isNaN(x) || !Double.isNaN(y)) {
      places.move(system, x, y);
      word(at, Double.doubleToRawLongBits(places.x()));
      word(at + 8, Double.doubleToRawLongBits(places.y()));
    }
    at += 8 * dimensions;
    return true;
  }

  private int integer() {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number |= (binary.array()[at + i] & 0xff) << (8 * (little ? i : 3 - i));
    }
    at += 4;
    return number;
  }

  private long word(int from) {
    long word = 0;
    for (int i = 0; i < 8; i++) {
      word |= (binary.array()[from + i] & 0xffL) << (8 * (little ? i : 7 - i));
    }
    return word;
  }

  private void word(int from, long word) {
    for (int i = 0; i < 8; i++) {
      binary.array()[from + i] = (byte) (word >>> (8 * (little ? i : 7 - i)));
    }
  }
}
