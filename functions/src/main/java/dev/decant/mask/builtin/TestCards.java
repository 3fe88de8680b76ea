package dev.decant.mask.builtin;

import dev.decant.mask.cipher.Prf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first six digits of the card numbers that Stripe, Adyen, Braintree and PayPal publish for
 * tests, by scheme.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the arrays
enum TestCards {
  AMERICAN_EXPRESS(3400, 3499, "371449", "378282", "378734"),
  AMERICAN_EXPRESS_37(3700, 3799, "371449", "378282", "378734"),
  JCB(3528, 3589, "353011", "356600"),
  DINERS_CLUB(3000, 3999, "305693", "362272", "385200"),
  VISA(4000, 4999, "400000", "400551", "400934", "401288", "411111", "421765", "424242", "450060"),
  MASTERCARD(5100, 5599, "510510", "520082", "545454", "555555"),
  MASTERCARD_2(2221, 2720, "222300", "222310", "222340"),
  DISCOVER(6011, 6011, "601100", "601111"),
  DISCOVER_2(6440, 6599, "601100", "601111"),
  UNIONPAY(6200, 6299, "620000", "620500"),
  MAESTRO(5000, 6999, "630400", "676777"),
  /** ISO/IEC 7812 leaves the numbers that begin with 9 to national bodies. No scheme has them. */
  OTHER(0, 9999, "999999");

  private final int least;
  private final int most;
  private final byte[][] prefixes;

  TestCards(int least, int most, String... prefixes) {
    this.least = least;
    this.most = most;
    this.prefixes =
        Arrays.stream(prefixes)
            .map(p -> p.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
  }

  /** One of the prefixes of the scheme that a card number belongs to, which the bits choose. */
  static byte[] prefix(byte[] digits, long bits) {
    int first = 0;
    for (int i = 0; i < 4; i++) {
      first = first * 10 + digits[i] - '0';
    }
    TestCards scheme = OTHER;
    for (TestCards one : SCHEMES) {
      if (first >= one.least && first <= one.most) {
        scheme = one;
        break;
      }
    }
    return scheme.prefixes[Prf.choose(bits, scheme.prefixes.length)];
  }

  private static final TestCards[] SCHEMES = values();
}
