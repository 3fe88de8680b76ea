package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rounds a decimal number to the nearest multiple of a unit, and a half away from zero. A number of
 * up to 17 digits without an exponent is rounded without any allocation.
 */
final class RoundedNumber implements Mask {
  /** The most digits of a unit, before and after the decimal point. */
  static final int MOST_DIGITS = 15;

  private static final int FAST_DIGITS = 17;

  private final BigDecimal unit;
  private final long unitDigits;
  private final int unitScale;
  private final @Nullable BigDecimal most;

  /**
   * Rounding for one column.
   *
   * @param unit more than zero
   */
  RoundedNumber(BigDecimal unit, ColumnType type) {
    BigDecimal plain = unit.stripTrailingZeros();
    this.unit = plain.scale() < 0 ? plain.setScale(0) : plain;
    unitDigits = this.unit.unscaledValue().longValueExact();
    unitScale = this.unit.scale();
    most = most(type);
  }

  private static @Nullable BigDecimal most(ColumnType type) {
    if (MaskTraits.INTEGERS.contains(type.category())) {
      return BigDecimal.valueOf(Numbers.largest(type.category()));
    }
    boolean bounded = type.category() == TypeCategory.NUMERIC && type.precision() >= 0;
    if (bounded) {
      int scale = Math.max(type.scale(), 0);
      return BigDecimal.ONE
          .movePointRight(type.precision() - scale)
          .subtract(BigDecimal.ONE.movePointLeft(scale));
    }
    return type.category() == TypeCategory.FLOAT
        ? BigDecimal.valueOf(type.name().equals("real") ? Float.MAX_VALUE : Double.MAX_VALUE)
        : null;
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    if (!isFinite(value, from, to)) {
      out.append(value, from, to);
    } else if (!fast(value, from, to, out)) {
      String text = new String(value, from, to - from, StandardCharsets.US_ASCII);
      BigDecimal number = new BigDecimal(text);
      out.append(rounded(number).toPlainString());
    }
    return true;
  }

  private static boolean isFinite(byte[] value, int from, int to) {
    int first = value[from] == '-' ? from + 1 : from;
    return first < to && ((value[first] >= '0' && value[first] <= '9') || value[first] == '.');
  }

  private BigDecimal rounded(BigDecimal number) {
    BigDecimal nearest = number.divide(unit, 0, RoundingMode.HALF_UP).multiply(unit);
    return most == null || nearest.abs().compareTo(most) <= 0
        ? nearest
        : number.divideToIntegralValue(unit).multiply(unit);
  }

  /** Rounds a short number; false if it has too many digits or an exponent. */
  private boolean fast(byte[] value, int from, int to, Bytes out) {
    boolean negative = value[from] == '-';
    long digits = 0;
    int scale = 0;
    boolean point = false;
    int first = negative ? from + 1 : from;
    if (to - first > FAST_DIGITS) {
      return false;
    }
    for (int i = first; i < to; i++) {
      byte b = value[i];
      if (b == '.') {
        point = true;
      } else if (b < '0' || b > '9') {
        return false;
      } else {
        digits = digits * 10 + b - '0';
        scale += point ? 1 : 0;
      }
    }
    // Both numbers get the same scale, and must stay far from the largest long.
    int shift = Math.max(scale, unitScale) - scale;
    int unitShift = Math.max(scale, unitScale) - unitScale;
    if (Numbers.digits(digits) + shift > FAST_DIGITS
        || Numbers.digits(unitDigits) + unitShift > FAST_DIGITS) {
      return false;
    }
    long number = digits * Numbers.powerOfTen(shift);
    long step = unitDigits * Numbers.powerOfTen(unitShift);
    long multiple = (2 * number + step) / (2 * step) * unitDigits;
    if (most != null && overflows(multiple)) {
      multiple = number / step * unitDigits;
    }
    append(negative && multiple != 0, multiple, out);
    return true;
  }

  private boolean overflows(long multiple) {
    return most != null
        && multiple >= 0
        && most.precision() - most.scale() <= Numbers.digits(multiple) - unitScale + 1
        && BigDecimal.valueOf(multiple, unitScale).compareTo(most) > 0;
  }

  private void append(boolean negative, long multiple, Bytes out) {
    if (negative) {
      out.append((byte) '-');
    }
    long power = Numbers.powerOfTen(unitScale);
    Numbers.appendUnsigned(multiple / power, out);
    if (unitScale > 0) {
      out.append((byte) '.');
      Numbers.appendPadded(multiple % power, unitScale, out);
    }
  }
}
