package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.CardNumber;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.Column;

/**
 * {@code credit-card}: a card number of the same scheme, length and spelling that begins like a
 * number which payment providers publish for tests, with a correct check digit. A text that is not
 * a card number is scrambled.
 *
 * <p>The first six digits name the issuer. They choose the test range and the permutation of the
 * digits between them and the check digit. So cards of one issuer stay different. Cards of two
 * issuers with the same test range can become equal, which has a chance of one in a billion for two
 * cards of 16 digits.
 */
final class CreditCardFactory extends BuiltInFactory {
  CreditCardFactory() {
    super(
        MaskTraits.of(
                "credit-card",
                "Writes a card number of a test range: `4539 1488 0343 6467` → `4111 1173 0528"
                    + " 9016`.",
                TEXT)
            .injectively()
            .identifying());
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new CardMask(column, kit.prf(spec.effectiveRealm()));
  }

  private static final class CardMask extends FormMask {
    private static final int ISSUER = 6;

    private final CardNumber card = new CardNumber();
    private final Bytes masked = new Bytes(32);
    private final Prf prf;
    private final BitPermutation permutation;

    CardMask(Column column, Prf prf) {
      super(column, prf);
      this.prf = prf;
      permutation = new BitPermutation(prf);
    }

    @Override
    boolean hasForm(byte[] value, int from, int to) {
      return card.parse(value, from, to);
    }

    @Override
    void writeForm(byte[] value, int from, int to, Bytes out) {
      byte[] digits = card.digits();
      int free = card.length() - ISSUER - 1;
      long issuer = prf.hash(card.length(), digits, 0, ISSUER);
      long account = Numbers.parse(digits, ISSUER, ISSUER + free);
      masked.clear();
      masked.append(TestCards.prefix(digits, issuer));
      Numbers.appendPadded(
          permutation.permuteBelow(issuer, account, Numbers.powerOfTen(free)), free, masked);
      masked.append(CardNumber.checkDigit(masked.array(), masked.length()));
      CardNumber.append(masked.array(), value, from, to, out);
    }
  }
}
