package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;

/**
 * Adds noise to a decimal number as PostgreSQL or JSON write it. The first 17 digits move up or
 * down, and the further digits are replaced. If moving up would leave the range of the type, the
 * number moves down. Only one thread may use an instance.
 */
final class NoisyNumber {
  private static final int DIGITS = 17;

  private final Prf prf;
  private final double share;
  private final int round;
  private final int integerDigits;
  private final long most;
  private final int largestExponent;

  private boolean negative;
  private long digits;
  private int rest;
  private int scale;
  private int exponent;
  private int exponentFrom;

  /**
   * Noise for one column.
   *
   * @param round how many digits stay after the decimal point; {@link Integer#MAX_VALUE} for all
   */
  NoisyNumber(Prf prf, double percent, int round, ColumnType type) {
    this.prf = prf;
    this.round = round;
    share = percent / 100;
    boolean integer = MaskTraits.INTEGERS.contains(type.category());
    most = integer ? Numbers.largest(type.category()) : -1;
    boolean bounded = type.category() == TypeCategory.NUMERIC && type.precision() >= 0;
    integerDigits = bounded ? type.precision() - Math.max(type.scale(), 0) : Integer.MAX_VALUE;
    // Near these powers of ten a float might overflow or become zero, and both are errors.
    largestExponent = type.name().equals("double precision") ? 306 : 36;
  }

  /** Appends the changed number. */
  void append(byte[] value, int from, int to, Bytes out) {
    parse(value, from, to);
    if (digits == 0) {
      out.append(value, from, to);
      return;
    }
    long bits = prf.hash(value, from, to);
    long changed = rounded(changed(bits));
    int zeros = Math.min(Math.max(dropped(), 0), rest);
    if (negative && (changed != 0 || rest > zeros)) {
      out.append((byte) '-');
    }
    write(changed, bits, zeros, out);
    out.append(value, exponentFrom, to);
  }

  /** Takes the number apart. {@link #digits} becomes 0 if the number is zero or not finite. */
  private void parse(byte[] value, int from, int to) {
    negative = value[from] == '-';
    digits = 0;
    rest = 0;
    scale = 0;
    exponent = 0;
    int significant = 0;
    boolean point = false;
    int i = negative ? from + 1 : from;
    for (; i < to && (value[i] == '.' || (value[i] >= '0' && value[i] <= '9')); i++) {
      if (value[i] == '.') {
        point = true;
        continue;
      }
      scale += point ? 1 : 0;
      if (significant < DIGITS) {
        digits = digits * 10 + value[i] - '0';
        significant += digits > 0 ? 1 : 0;
      } else {
        rest++;
      }
    }
    exponentFrom = i;
    if (i < to && (value[i] == 'e' || value[i] == 'E')) {
      exponent = exponent(value, i + 1, to);
    }
  }

  private static int exponent(byte[] value, int from, int to) {
    boolean below = value[from] == '-';
    int number = 0;
    for (int i = below || value[from] == '+' ? from + 1 : from;
        i < to && number < 10_000_000;
        i++) {
      number = number * 10 + value[i] - '0';
    }
    return below ? -number : number;
  }

  private long changed(long bits) {
    long range = Math.max(1, (long) (digits * share));
    long distance = 1 + Math.unsignedMultiplyHigh(bits, range);
    // The number is just below this power of ten: for 0.0123 it is -1.
    int power = Numbers.digits(digits) + rest - scale + exponent;
    boolean up = power < -largestExponent || (power <= largestExponent && (bits & 1) == 0);
    return up && fits(digits + distance) ? digits + distance : digits - Math.min(distance, digits);
  }

  private boolean fits(long changed) {
    if (most >= 0) {
      return changed < most / Numbers.powerOfTen(rest);
    }
    return Numbers.digits(changed) + rest - scale <= integerDigits;
  }

  /** How many of the last digits {@code round} turns into zeros. */
  private int dropped() {
    return round == Integer.MAX_VALUE ? 0 : scale - exponent - round;
  }

  private long rounded(long changed) {
    int drop = dropped() - rest;
    if (drop <= 0) {
      return changed;
    }
    if (drop > DIGITS) {
      return 0;
    }
    long unit = Numbers.powerOfTen(drop);
    long nearest = (changed + unit / 2) / unit * unit;
    return fits(nearest) ? nearest : changed / unit * unit;
  }

  /** Writes the changed digits, the replaced digits and the decimal point. */
  private void write(long changed, long bits, int zeros, Bytes out) {
    int count = Math.max(Numbers.digits(changed) + rest, scale + 1);
    int point = count - scale;
    for (int i = 0; i < count; i++) {
      if (i == point) {
        out.append((byte) '.');
      }
      int place = count - 1 - i;
      out.append((byte) ('0' + digit(changed, bits, zeros, place)));
    }
  }

  private int digit(long changed, long bits, int zeros, int place) {
    if (place < rest) {
      return place < zeros ? 0 : Prf.choose(prf.hash(bits, place), 10);
    }
    return place - rest > DIGITS ? 0 : (int) (changed / Numbers.powerOfTen(place - rest) % 10);
  }
}
