package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Iban;
import dev.decant.schema.Column;

/**
 * {@code iban}: an IBAN of the same country, length and spelling, with correct check digits. In the
 * account number, digits become digits and letters become letters. Two spellings of one IBAN become
 * two spellings of one IBAN. A text that is not an IBAN is scrambled.
 */
final class IbanFactory extends BuiltInFactory {
  IbanFactory() {
    super(
        MaskTraits.of(
                "iban",
                "Writes an IBAN of the same country: `DE89 3704 0044 0532 0130 00` → `DE43 9126"
                    + " 5507 3381 9024 17`.",
                TEXT)
            .injectively()
            .identifying());
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new IbanMask(column, kit.prf(spec.effectiveRealm()));
  }

  private static final class IbanMask extends FormMask {
    private final Iban iban = new Iban();
    private final Bytes masked = new Bytes(64);
    private final Prf prf;
    private final SymbolPermutation permutation;

    IbanMask(Column column, Prf prf) {
      super(column, prf);
      this.prf = prf;
      permutation = new SymbolPermutation(prf, Alphabets.ALL);
    }

    @Override
    boolean hasForm(byte[] value, int from, int to) {
      return iban.parse(value, from, to);
    }

    @Override
    void writeForm(byte[] value, int from, int to, Bytes out) {
      byte[] compact = iban.compact();
      masked.clear();
      masked.append(compact, 0, iban.accountFrom());
      permutation.permute(
          prf.hash(1, compact, 0, 2), compact, iban.accountFrom(), iban.length(), masked);
      int check = Iban.checkDigits(masked.array(), masked.length());
      masked.array()[2] = (byte) ('0' + check / 10);
      masked.array()[3] = (byte) ('0' + check % 10);
      Iban.append(masked.array(), value, from, to, out);
    }
  }
}
