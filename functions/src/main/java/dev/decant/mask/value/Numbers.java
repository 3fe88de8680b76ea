package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.schema.TypeCategory;

/** Reads and writes decimal integers in byte arrays. */
public final class Numbers {
  private Numbers() {}

  /** Reads a valid smallint, integer or bigint. */
  public static long parse(byte[] value, int from, int to) {
    boolean negative = value[from] == '-';
    long number = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      number = number * 10 - (value[i] - '0');
    }
    return negative ? number : -number;
  }

  /** Appends an unsigned number. */
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

  /** The number of decimal digits of an unsigned number. */
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

  /** The largest number of an integer type. */
  public static long largest(TypeCategory category) {
    return switch (category) {
      case SMALLINT -> Short.MAX_VALUE;
      case INTEGER -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }
}
