package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The values of a {@code numeric} without a fraction. COPY writes them as integers or as NaN, which
 * stays. The number of an INSERT may have another form, which the server would round.
 */
final class WholeNumeric {
  private static final Pattern NOT_A_NUMBER = Pattern.compile("nan", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 1000;

  private WholeNumeric() {}

  /** The mask of integers as a mask of such values. */
  static Mask of(Mask integers) {
    return (value, from, to, row, out) -> {
      if (isPlain(value, from, to)) {
        return integers.apply(value, from, to, row, out);
      }
      String text = new String(value, from, to - from, StandardCharsets.US_ASCII).strip();
      if (NOT_A_NUMBER.matcher(text).matches()) {
        out.append(value, from, to);
        return true;
      }
      byte[] plain = rounded(new BigDecimal(text)).getBytes(StandardCharsets.US_ASCII);
      return integers.apply(plain, 0, plain.length, row, out);
    };
  }

  private static String rounded(BigDecimal number) {
    // The digits of 1e999999999 would fill the memory.
    if (Math.abs((long) number.scale()) > LONGEST) {
      throw new IllegalArgumentException("The exponent of the value is too large for its type.");
    }
    return number.setScale(0, RoundingMode.HALF_UP).toPlainString();
  }

  /** Whether this is how COPY writes an integer. */
  private static boolean isPlain(byte[] value, int from, int to) {
    int first = value[from] == '-' ? from + 1 : from;
    if (first == to || (value[first] == '0' && to - from > 1)) {
      return false;
    }
    for (int i = first; i < to; i++) {
      if (value[i] < '0' || value[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
