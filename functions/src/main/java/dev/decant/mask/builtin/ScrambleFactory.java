package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code scramble}: letters become letters of the same case, digits digits, the rest and the length
 * stay. A text without a character beyond those that {@code keep-first} and {@code keep-last} name
 * is scrambled as a whole.
 */
final class ScrambleFactory extends BuiltInFactory {
  private static final int MOST = 1_000_000;

  ScrambleFactory() {
    super(
        "scramble",
        TEXT,
        MaskOption.optional("keep-first", MaskOption.Kind.INTEGER),
        MaskOption.optional("keep-last", MaskOption.Kind.INTEGER),
        MaskOption.optional("keep-chars", MaskOption.Kind.STRING));
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    Options options = new Options(spec);
    String problem = options.outside("keep-first", 0, MOST);
    return problem != null ? problem : options.outside("keep-last", 0, MOST);
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return true;
  }

  @Override
  public boolean traced(MaskSpec spec) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Options options = new Options(spec);
    String keepChars = options.text("keep-chars", "");
    return new ScrambleMask(
        column,
        new SymbolPermutation(
            kit.prf(spec.effectiveRealm()),
            keepChars.isEmpty() ? Alphabets.ALL : new Alphabets(keepChars)),
        (int) options.integer("keep-first", 0),
        (int) options.integer("keep-last", 0));
  }

  /** Scrambles what is between the first and the last characters that stay. */
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
