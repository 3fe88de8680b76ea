package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.schema.Column;

/**
 * A mask for texts of one form, for example IBANs. A text of another form is scrambled until the
 * result has another form too. Scrambling is a permutation, so this ends, and different texts stay
 * different: texts of the form are permuted among themselves, and so are the others.
 */
abstract class FormMask extends TextMask {
  private final SymbolPermutation others;
  private final Bytes scrambled = new Bytes(64);
  private final Bytes next = new Bytes(64);

  FormMask(Column column, Prf prf) {
    super(column);
    others = new SymbolPermutation(prf, Alphabets.ALL);
  }

  /**
   * Whether a text has the form. If it has, {@link #writeForm} may be called next for the same
   * text.
   */
  abstract boolean hasForm(byte[] value, int from, int to);

  /** Appends the masked value of a text of the form, which has the form too. */
  abstract void writeForm(byte[] value, int from, int to, Bytes out);

  @Override
  final void write(byte[] value, int from, int to, RowView row, Bytes out) {
    if (hasForm(value, from, to)) {
      writeForm(value, from, to, out);
      return;
    }
    scrambled.clear();
    others.permute(0, value, from, to, scrambled);
    while (hasForm(scrambled.array(), 0, scrambled.length())) {
      next.clear();
      others.permute(0, scrambled.array(), 0, scrambled.length(), next);
      scrambled.clear();
      scrambled.append(next.array(), 0, next.length());
    }
    out.append(scrambled.array(), 0, scrambled.length());
  }
}
