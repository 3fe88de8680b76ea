package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import java.nio.charset.StandardCharsets;

/** Reads and writes the numbers of a point as text, without allocation in usual cases. */
public final class Coordinates {
  /** The number of decimals that are written; in degrees, the last one is about a centimeter. */
  private static final int DECIMALS = 7;

  private static final double SCALE = 1e7;
  private static final int EXACT_DIGITS = 15;

  private Coordinates() {}

  /** The number at {@code [from, to)}, as {@link Double#parseDouble} reads it. */
  public static double parse(byte[] value, int from, int to) {
    boolean negative = from < to && value[from] == '-';
    int first = negative ? from + 1 : from;
    long digits = 0;
    int decimals = 0;
    boolean point = false;
    boolean plain = to > first && to - first <= EXACT_DIGITS + 1;
    for (int i = first; i < to && plain; i++) {
      byte b = value[i];
      if (b == '.') {
        plain = !point;
        point = true;
      } else {
        plain = b >= '0' && b <= '9';
        digits = digits * 10 + b - '0';
        decimals += point ? 1 : 0;
      }
    }
    if (!plain || digits >= 1L << 53) {
      return Double.parseDouble(new String(value, from, to - from, StandardCharsets.US_ASCII));
    }
    // Both numbers are exact, so the quotient is the nearest double.
    double number = digits / (double) Numbers.powerOfTen(decimals);
    return negative ? -number : number;
  }

  /**
   * Appends a number, whose absolute value must be less than 10<sup>11</sup>, with at most seven
   * decimals.
   */
  public static void append(double number, Bytes out) {
    long scaled = Math.round(number * SCALE);
    if (scaled < 0) {
      out.append((byte) '-');
    }
    long unit = (long) SCALE;
    Numbers.appendUnsigned(Math.abs(scaled) / unit, out);
    long fraction = Math.abs(scaled) % unit;
    if (fraction != 0) {
      out.append((byte) '.');
      Numbers.appendPadded(fraction, DECIMALS, out);
      while (out.array()[out.length() - 1] == '0') {
        out.length(out.length() - 1);
      }
    }
  }
}
