package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * A MAC address of six or eight bytes (EUI-48 and EUI-64 of IEEE 802), as text with colons,
 * hyphens, dots or nothing between its digits. The separators and the case of the digits are those
 * of the text that was read. Only one thread may use an instance.
 */
public final class MacAddress {
  public static final int BITS = 48;
  public static final int LONG_BITS = 64;
  private static final int MOST_LENGTH = 23;

  private final byte[] shape = new byte[MOST_LENGTH];
  private int length;
  private int bits;
  private long address;
  private boolean upper;

  /** The number of bits, which is 48 or 64. */
  public int bits() {
    return bits;
  }

  public long address() {
    return address;
  }

  public void address(long newAddress) {
    address = newAddress;
  }

  /** Reads an address. It returns false if the text is not an address in one of the usual forms. */
  public boolean parse(byte[] value, int from, int to) {
    length = to - from;
    if (length < BITS / 4 || length > MOST_LENGTH) {
      return false;
    }
    System.arraycopy(value, from, shape, 0, length);
    boolean lower = false;
    int digits = 0;
    upper = false;
    address = 0;
    for (int i = 0; i < length; i++) {
      byte b = shape[i];
      int digit = Character.digit(b, 16);
      if (digit >= 0) {
        address = address << 4 | digit;
        digits++;
        upper |= b >= 'A' && b <= 'F';
        lower |= b >= 'a';
        shape[i] = '0';
      }
    }
    bits = digits * 4;
    return !(upper && lower) && (bits == BITS || bits == LONG_BITS) && regular(digits);
  }

  /** Whether the same separator stands after every group of two, four or all digits. */
  private boolean regular(int digits) {
    if (length == digits) {
      return true;
    }
    byte separator = shape[2] == '0' ? shape[4] : shape[2];
    int group = separator == '.' ? 4 : 2;
    if ((separator != ':' && separator != '-' && separator != '.')
        || length != digits + digits / group - 1) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (shape[i] != (i % (group + 1) == group ? separator : '0')) {
        return false;
      }
    }
    return true;
  }

  /** Appends the address in the form of the text that was read. */
  public void append(Bytes out) {
    int shift = bits;
    for (int i = 0; i < length; i++) {
      if (shape[i] != '0') {
        out.append(shape[i]);
        continue;
      }
      shift -= 4;
      int digit = (int) (address >>> shift) & 15;
      out.append((byte) (digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10));
    }
  }
}
