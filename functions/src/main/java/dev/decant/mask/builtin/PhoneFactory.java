package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.INTEGERS;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code phone}: digits become digits, and punctuation stays. Letters become letters, because
 * people write notes beside a number. {@code keep-prefix} counts the characters that stay, or the
 * digits if the column is a number. Numbers are integers or a {@code numeric} without a fraction.
 * If a value has no more characters than that, none of them stays.
 */
final class PhoneFactory extends BuiltInFactory {
  private static final int MOST = 100;

  /** The most digits of a numeric, so that each number fits a long. */
  private static final int DIGITS = 18;

  PhoneFactory() {
    super(
        MaskTraits.of(
                "phone",
                "Replaces digits by digits and letters by letters; the first `keep-prefix`"
                    + " characters stay: `+49 170 12-3` → `+71 935 80-4`.",
                and(INTEGERS, TypeCategory.TEXT, TypeCategory.NUMERIC))
            .injectively()
            .identifying(),
        MaskOption.optional("keep-prefix", MaskOption.Kind.INTEGER).usually(0));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    ColumnType type = column.type();
    boolean whole = type.scale() == 0 && type.precision() <= DIGITS;
    return type.category() == TypeCategory.NUMERIC && !whole
        ? "The mask phone serves a numeric only if it has at most 18 digits and no fraction, as"
            + " numeric(12) has. Write noise or round."
        : new OptionValues(spec).outside("keep-prefix", 0, MOST);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    int keepPrefix = (int) new OptionValues(spec).integer("keep-prefix", 0);
    Prf prf = kit.prf(spec.effectiveRealm());
    if (column.type().category() == TypeCategory.TEXT) {
      SymbolPermutation permutation = new SymbolPermutation(prf, Alphabets.ALL);
      return new ScrambleFactory.ScrambleMask(column, permutation, keepPrefix, 0);
    }
    BitPermutation permutation = new BitPermutation(prf);
    if (column.type().category() == TypeCategory.NUMERIC) {
      long most = Numbers.powerOfTen(column.type().precision()) - 1;
      return WholeNumeric.of(numbers(permutation, most, most, keepPrefix));
    }
    long largest = Numbers.largest(column.type().category());
    // The smallest number of an integer type is one further from zero than the largest.
    return numbers(permutation, largest, largest + 1, keepPrefix);
  }

  /**
   * The mask for numbers.
   *
   * @param mostBelow the greatest magnitude of a negative number, unsigned
   */
  private static Mask numbers(
      BitPermutation permutation, long mostAbove, long mostBelow, int keepPrefix) {
    return (value, from, to, row, out) -> {
      boolean negative = value[from] == '-';
      if (negative) {
        out.append((byte) '-');
      }
      long most = negative ? mostBelow : mostAbove;
      // -0 does not exist.
      int zero = negative ? 1 : 0;
      digits(permutation, value, from + zero, to, zero, most, keepPrefix, out);
      return true;
    };
  }

  /** Permutes the numbers of the same sign, length and prefix that the type can hold. */
  private static void digits(
      BitPermutation permutation,
      byte[] v,
      int from,
      int to,
      int zero,
      long most,
      int kept,
      Bytes out) {
    int length = to - from;
    int keep = kept < length ? kept : 0;
    // All numbers are unsigned here, because the magnitude of the smallest bigint is one too large
    // for a signed long.
    long number = Numbers.parse(v, from, to);
    long unit = Numbers.powerOfTen(length - keep);
    long prefix = keep == 0 ? 0 : Long.divideUnsigned(number, unit);
    long least = prefix * unit;
    if (keep == 0) {
      least = length > 1 ? Numbers.powerOfTen(length - 1) : zero;
    }
    long room = most - least;
    long span = keep == 0 ? unit - least : unit;
    boolean whole = Long.compareUnsigned(span - 1, room) <= 0;
    long size = whole ? span : room + 1;
    long tweak = prefix * 64 + length * 2L + zero;
    Numbers.appendUnsigned(least + permutation.permuteBelow(tweak, number - least, size), out);
  }
}
