package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.DigitPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.TextPattern;
import dev.decant.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code pattern}: a text of a {@link TextPattern}. The texts of the pattern are permuted among
 * themselves. Any other text becomes a pseudo-random text of the pattern.
 */
final class PatternFactory extends BuiltInFactory {
  PatternFactory() {
    super(
        MaskTraits.of(
                "pattern",
                "Writes a text of a pattern, in which `A`, `a`, `9` and `[A-F0-9]` stand for one"
                    + " character: `AA-9999` → `QX-4071`.",
                TEXT)
            .injectively(),
        MaskOption.required("value", MaskOption.Kind.STRING));
  }

  private static @Nullable TextPattern pattern(MaskSpec spec) {
    return TextPattern.of(new OptionValues(spec).text("value", ""));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    TextPattern pattern = pattern(spec);
    if (pattern == null) {
      return "The value is not a pattern of 1 to "
          + TextPattern.LONGEST
          + " characters. Write one like AA-9999 or [A-F0-9]99, with a backslash before"
          + " characters that stand for themselves.";
    }
    if (pattern.texts() < 2) {
      return "The pattern has only one text. Write constant, or put A, a, 9 or [A-F0-9] into it.";
    }
    TextLimit limit = TextLimit.of(column.type());
    return (limit.bytes() ? pattern.bytes() : pattern.length()) > limit.max()
        ? "The type "
            + column.type().name()
            + " is too short for the pattern. Write a pattern of at most "
            + limit.max()
            + ' '
            + limit.unit()
            + '.'
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    TextPattern pattern = java.util.Objects.requireNonNull(pattern(spec));
    DigitPermutation permutation = new DigitPermutation(prf, pattern.radixes());
    int[] digits = new int[pattern.length()];
    return new TextMask(column) {
      @Override
      void write(byte[] value, int from, int to, RowView row, Bytes out) {
        if (pattern.read(value, from, to, digits)) {
          permutation.permute(digits);
        } else {
          permutation.choose(value, from, to, digits);
        }
        pattern.append(digits, out);
      }
    };
  }
}
