package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * An address of version 4 or 6 with an optional length of its network. It is read and written in
 * the form of the type inet of PostgreSQL. The dotted end of ::ffff:192.0.2.1 is read, but not
 * written. Bits are counted from the left. Only one thread may use an instance.
 */
public final class IpAddress {
  public static final int V4_BITS = 32;
  public static final int V6_BITS = 128;
  private static final int WORDS = 8;

  private final int[] words = new int[WORDS];
  private int bits;
  private long high;
  private long low;
  private int network;

  /** The number of bits, which is 32 or 128. */
  public int bits() {
    return bits;
  }

  /** The upper 64 bits of an address of version 6; 0 for version 4. */
  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  /** The number of bits after the slash, or -1. */
  public int network() {
    return network;
  }

  public void network(int newNetwork) {
    network = newNetwork;
  }

  public void set(int newBits, long newHigh, long newLow) {
    bits = newBits;
    high = newHigh;
    low = newLow;
  }

  /** Reads an address. It returns false if the text is not an address. */
  public boolean parse(byte[] value, int from, int to) {
    int slash = from;
    boolean colons = false;
    while (slash < to && value[slash] != '/') {
      colons |= value[slash++] == ':';
    }
    network = -1;
    boolean valid = colons ? parseV6(value, from, slash) : parseV4(value, from, slash);
    return valid && (slash == to || parseNetwork(value, slash + 1, to));
  }

  private boolean parseNetwork(byte[] value, int from, int to) {
    int number = decimal(value, from, to, 3);
    network = number;
    return number >= 0 && number <= bits;
  }

  /** The value of a decimal number without leading zeros; -1 if the text has another form. */
  private static int decimal(byte[] value, int from, int to, int mostDigits) {
    if (from >= to || to - from > mostDigits || (value[from] == '0' && to - from > 1)) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      if (value[i] < '0' || value[i] > '9') {
        return -1;
      }
      number = number * 10 + value[i] - '0';
    }
    return number;
  }

  private boolean parseV4(byte[] value, int from, int to) {
    long address = 0;
    int start = from;
    for (int part = 0; part < 4; part++) {
      int end = start;
      while (end < to && value[end] != '.') {
        end++;
      }
      int number = decimal(value, start, end, 3);
      if (number < 0 || number > 255 || (part < 3) == (end >= to)) {
        return false;
      }
      address = address << 8 | number;
      start = end + 1;
    }
    set(V4_BITS, 0, address);
    return true;
  }

  private boolean parseV6(byte[] value, int from, int to) {
    int count = 0;
    int gap = -1;
    int i = from;
    if (to - from >= 2 && value[from] == ':' && value[from + 1] == ':') {
      gap = 0;
      i += 2;
    }
    while (i < to) {
      int end = i;
      while (end < to && value[end] != ':' && value[end] != '.') {
        end++;
      }
      if (end < to && value[end] == '.') {
        if (count > 6 || !parseV4(value, i, to)) {
          return false;
        }
        words[count++] = (int) (low >>> 16);
        words[count++] = (int) low & 0xffff;
        i = to;
        break;
      }
      int word = hex(value, i, end);
      if (word < 0 || count == WORDS) {
        return false;
      }
      words[count++] = word;
      i = end;
      if (i < to) {
        i++;
        if (i == to) {
          return false;
        }
        if (value[i] == ':') {
          if (gap >= 0) {
            return false;
          }
          gap = count;
          i++;
        }
      }
    }
    return spread(count, gap);
  }

  private boolean spread(int count, int gap) {
    if (gap < 0 ? count != WORDS : count == WORDS) {
      return false;
    }
    int zeros = WORDS - count;
    long first = 0;
    long second = 0;
    for (int w = 0; w < WORDS; w++) {
      int word = gap < 0 || w < gap ? words[w] : w < gap + zeros ? 0 : words[w - zeros];
      if (w < 4) {
        first = first << 16 | word;
      } else {
        second = second << 16 | word;
      }
    }
    set(V6_BITS, first, second);
    return true;
  }

  private static int hex(byte[] value, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(value[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  public void append(Bytes out) {
    if (bits == V4_BITS) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        Numbers.appendUnsigned(low >>> shift & 0xff, out);
        if (shift > 0) {
          out.append((byte) '.');
        }
      }
    } else {
      appendV6(out);
    }
    if (network >= 0) {
      out.append((byte) '/');
      Numbers.appendUnsigned(network, out);
    }
  }

  private int word(int w) {
    return (int) ((w < 4 ? high : low) >>> (48 - 16 * (w & 3))) & 0xffff;
  }

  private void appendV6(Bytes out) {
    int gap = -1;
    int longest = 1;
    for (int w = 0; w < WORDS; w++) {
      int run = 0;
      while (w + run < WORDS && word(w + run) == 0) {
        run++;
      }
      if (run > longest) {
        longest = run;
        gap = w;
      }
    }
    for (int w = 0; w < WORDS; w++) {
      if (w == gap) {
        out.append((byte) ':');
        out.append((byte) ':');
        w += longest - 1;
        continue;
      }
      if (w > 0 && w != gap + longest) {
        out.append((byte) ':');
      }
      appendHex(word(w), out);
    }
  }

  private static void appendHex(int word, Bytes out) {
    boolean begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = word >>> shift & 15;
      begun |= digit != 0 || shift == 0;
      if (begun) {
        out.append((byte) Character.forDigit(digit, 16));
      }
    }
  }
}
