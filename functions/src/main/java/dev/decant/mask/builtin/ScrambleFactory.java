package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code scramble}: letters become letters of the same case, and digits become digits. All other
 * characters and the length stay. If {@code keep-first} and {@code keep-last} would keep all
 * characters of a text, the whole text is scrambled.
 */
final class ScrambleFactory extends BuiltInFactory {
  private static final int MOST = 1_000_000;

  ScrambleFactory() {
    super(
        MaskTraits.of(
                "scramble",
                "Replaces letters by letters and digits by digits: `Max 12` → `Qhe 57`. Some"
                    + " characters may stay: the first, the last, or those of `keep-chars` in"
                    + " either case.",
                TEXT)
            .injectively()
            .tracing(Tracing.LONG_TEXTS),
        MaskOption.optional("keep-first", MaskOption.Kind.INTEGER).usually(0),
        MaskOption.optional("keep-last", MaskOption.Kind.INTEGER).usually(0),
        MaskOption.optional("keep-chars", MaskOption.Kind.STRING));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    OptionValues options = new OptionValues(spec);
    String problem = options.outside("keep-first", 0, MOST);
    return problem != null ? problem : options.outside("keep-last", 0, MOST);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    String keepChars = options.text("keep-chars", "");
    return new ScrambleMask(
        column,
        new SymbolPermutation(
            kit.prf(spec.effectiveRealm()),
            keepChars.isEmpty() ? Alphabets.ALL : new Alphabets(keepChars)),
        (int) options.integer("keep-first", 0),
        (int) options.integer("keep-last", 0));
  }

  /** Scrambles the text between the first and the last characters that stay. */
  static final class ScrambleMask extends TextMask {
    private final SymbolPermutation permutation;
    private final int keepFirst;
    private final int keepLast;

    ScrambleMask(Column column, SymbolPermutation permutation, int keepFirst, int keepLast) {
      super(column);
      this.permutation = permutation;
      this.keepFirst = keepFirst;
      this.keepLast = keepLast;
    }

    @Override
    void write(byte[] value, int from, int to, RowView row, Bytes out) {
      if (keepFirst == 0 && keepLast == 0) {
        permutation.permute(0, value, from, to, out);
        return;
      }
      int scrambled = Utf8.count(value, from, to) - keepFirst - keepLast;
      int begin = scrambled <= 0 ? from : Utf8.skip(value, from, to, keepFirst);
      int end = scrambled <= 0 ? to : Utf8.skip(value, begin, to, scrambled);
      out.append(value, from, begin);
      permutation.permute(begin == from && end == to ? 1 : 0, value, begin, end, out);
      out.append(value, end, to);
    }
  }
}
