package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.schema.TypeCategory;

/** Integers in decimal, read and written in place. */
public final class Numbers {
  private Numbers() {}

  /** Reads the decimal integer of a valid smallint, integer or bigint. */
  public static long parse(byte[] value, int from, int to) {
    boolean negative = value[from] == '-';
    long number = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      number = number * 10 - (value[i] - '0');
    }
    return negative ? number : -number;
  }

  /** Appends a number, taken as unsigned. */
  public static void appendUnsigned(long number, Bytes out) {
    int digits = digits(number);
    byte[] array = out.reserve(digits);
    int at = out.length() + digits;
    out.length(at);
    long rest = number;
    for (int i = 0; i < digits; i++) {
      long tenth = Long.divideUnsigned(rest, 10);
      array[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
  }

  public static void append(long number, Bytes out) {
    if (number < 0) {
      out.append((byte) '-');
    }
    appendUnsigned(number < 0 ? -number : number, out);
  }

  /** Appends the last {@code digits} digits of a number, with leading zeros. */
  public static void appendPadded(long number, int digits, Bytes out) {
    byte[] array = out.reserve(digits);
    int at = out.length() + digits;
    out.length(at);
    long rest = number;
    for (int i = 0; i < digits; i++) {
      array[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** How many decimal digits an unsigned number has. */
  public static int digits(long number) {
    int digits = 1;
    long power = 10;
    while (digits < 19 && Long.compareUnsigned(number, power) >= 0) {
      digits++;
      power *= 10;
    }
    return digits == 19 && number < 0 && Long.compareUnsigned(number, power) >= 0 ? 20 : digits;
  }

  public static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  /** The largest value of an integer type. */
  public static long largest(TypeCategory category) {
    return switch (category) {
      case SMALLINT -> Short.MAX_VALUE;
      case INTEGER -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }
}
