package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * The number of a payment card (ISO/IEC 7812) with or without blanks or hyphens between its digits.
 * Only one thread may use an instance.
 */
public final class CardNumber {
  private static final int LEAST = 12;
  private static final int MOST = 19;

  private final byte[] digits = new byte[MOST];
  private int length;

  /** The digits as characters; the first {@link #length()} are valid. */
  public byte[] digits() {
    return digits;
  }

  public int length() {
    return length;
  }

  /** Reads a number. It returns false if the form or the last digit, which is a check, is wrong. */
  public boolean parse(byte[] value, int from, int to) {
    length = 0;
    for (int i = from; i < to; i++) {
      byte b = value[i];
      if (isSeparator(b)) {
        continue;
      }
      if (length == MOST || b < '0' || b > '9') {
        return false;
      }
      digits[length++] = b;
    }
    return length >= LEAST && digits[length - 1] == checkDigit(digits, length - 1);
  }

  /** The check digit that follows so many digits, by the formula of Luhn. */
  public static byte checkDigit(byte[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits[length - 1 - i] - '0';
      int weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return (byte) ('0' + (10 - sum % 10) % 10);
  }

  /** Appends other digits with the separators of the text that was read. */
  public static void append(byte[] newDigits, byte[] shape, int from, int to, Bytes out) {
    int next = 0;
    for (int i = from; i < to; i++) {
      out.append(isSeparator(shape[i]) ? shape[i] : newDigits[next++]);
    }
  }

  private static boolean isSeparator(byte b) {
    return b == ' ' || b == '-';
  }
}
