package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * An International Bank Account Number (ISO 13616) with or without blanks or hyphens between its
 * characters, in any case. Only one thread may use an instance.
 */
public final class Iban {
  private static final int LEAST = 15;
  private static final int MOST = 34;
  private static final int ACCOUNT = 4;
  private static final int MODULUS = 97;

  private final byte[] compact = new byte[MOST];
  private int length;

  /** The characters without separators, in upper case; the first {@link #length()} are valid. */
  public byte[] compact() {
    return compact;
  }

  public int length() {
    return length;
  }

  /** The position of the account number, which follows the country and the check digits. */
  public int accountFrom() {
    return ACCOUNT;
  }

  /** Reads an IBAN. It returns false if the form or the check digits are wrong. */
  public boolean parse(byte[] value, int from, int to) {
    length = 0;
    for (int i = from; i < to; i++) {
      byte b = value[i];
      if (isSeparator(b)) {
        continue;
      }
      byte c = b >= 'a' && b <= 'z' ? (byte) (b - 'a' + 'A') : b;
      if (length == MOST || !(isDigit(c) || isLetter(c))) {
        return false;
      }
      compact[length++] = c;
    }
    return length >= LEAST
        && isLetter(compact[0])
        && isLetter(compact[1])
        && isDigit(compact[2])
        && isDigit(compact[3])
        && (compact[2] - '0') * 10 + compact[3] - '0' == checkDigits(compact, length);
  }

  /** The check digits of an IBAN without separators, whatever stands in their place. */
  public static int checkDigits(byte[] compact, int length) {
    int rest = 0;
    for (int i = 0; i < length; i++) {
      byte b = compact[(i + ACCOUNT) % length];
      int place = (i + ACCOUNT) % length;
      int digit = place == 2 || place == 3 ? 0 : isDigit(b) ? b - '0' : b - 'A' + 10;
      rest = (rest * (digit > 9 ? 100 : 10) + digit) % MODULUS;
    }
    return MODULUS + 1 - rest;
  }

  /** Appends an IBAN with the separators and the case of the text that was read. */
  public static void append(byte[] newCompact, byte[] shape, int from, int to, Bytes out) {
    int next = 0;
    for (int i = from; i < to; i++) {
      byte b = shape[i];
      if (isSeparator(b)) {
        out.append(b);
      } else {
        byte c = newCompact[next++];
        out.append(b >= 'a' && b <= 'z' ? (byte) (c - 'A' + 'a') : c);
      }
    }
  }

  private static boolean isSeparator(byte b) {
    return b == ' ' || b == '-';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z';
  }
}
