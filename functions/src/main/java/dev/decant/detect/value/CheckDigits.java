package dev.decant.detect.value;

import com.google.re2j.Pattern;
import java.util.stream.IntStream;

/**
 * The check digits of numbers that identify persons, accounts and cards. All arguments are digits
 * and upper-case letters without separators; a text of another form is not valid.
 */
final class CheckDigits {
  private static final String CODICE_ODD_ORDER = "BAKPLCQDREVOSFTGUHMINJWZYX";
  private static final int[][] VERHOEFF_PERMUTATION = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
    {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
    {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
    {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
    {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
    {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
  };

  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
  private static final Pattern CODICE_FISCALE =
      Pattern.compile("[A-Z]{6}[0-9]{2}[ABCDEHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]");
  private static final Pattern DNI = Pattern.compile("[XYZ0-9][0-9]{7}[A-Z]");
  private static final Pattern HENKILOTUNNUS_END = Pattern.compile("[0-9]{9}[0-9A-Y]");

  private CheckDigits() {}

  private static boolean digits(String text, int length) {
    return text.length() == length && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int at(String text, int index) {
    return text.charAt(index) - '0';
  }

  /** The sum of the first digits, each times its weight. */
  private static int sum(String text, int... weights) {
    return IntStream.range(0, weights.length).map(i -> at(text, i) * weights[i]).sum();
  }

  /** The remainder of a number of any length. */
  private static int remainder(String digits, int divisor) {
    return digits.chars().reduce(0, (rest, c) -> (rest * 10 + c - '0') % divisor);
  }

  /** ISO/IEC 7812: payment cards, and the Swedish and Canadian numbers. */
  static boolean luhn(String text) {
    if (text.isEmpty() || !digits(text, text.length())) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = at(text, text.length() - 1 - i);
      int twice = i % 2 == 1 ? 2 * digit : digit;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }

  /** A payment card: 13 to 19 digits, the issuer's first digit, and Luhn's check. */
  static boolean card(String text) {
    return text.length() >= 13
        && text.length() <= 19
        && "23456".indexOf(text.charAt(0)) >= 0
        && luhn(text);
  }

  /** ISO 13616. */
  static boolean iban(String text) {
    if (!IBAN.matches(text)) {
      return false;
    }
    String moved = text.substring(4) + text.substring(0, 4);
    StringBuilder digits = new StringBuilder();
    moved.chars().forEach(c -> digits.append(Character.digit(c, 36)));
    return remainder(digits.toString(), 97) == 1;
  }

  /** Italy: codice fiscale. */
  static boolean italy(String text) {
    if (text.length() != 16 || !CODICE_FISCALE.matches(text)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int value = Character.digit(text.charAt(i), 36);
      int place = value < 10 ? value : value - 10;
      sum += i % 2 == 0 ? CODICE_ODD_ORDER.indexOf((char) ('A' + place)) : place;
    }
    return text.charAt(15) == 'A' + sum % 26;
  }

  /** Spain: DNI and NIE. */
  static boolean spain(String text) {
    if (text.length() != 9 || !DNI.matches(text)) {
      return false;
    }
    int first = "XYZ".indexOf(text.charAt(0));
    String number =
        (first < 0 ? text.substring(0, 1) : String.valueOf(first)) + text.substring(1, 8);
    return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23) == text.charAt(8);
  }

  /** Portugal: NIF. */
  static boolean portugal(String text) {
    if (!digits(text, 9) || "1235689".indexOf(text.charAt(0)) < 0) {
      return false;
    }
    int rest = sum(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return at(text, 8) == (rest < 2 ? 0 : 11 - rest);
  }

  /** Poland: PESEL. */
  static boolean poland(String text) {
    return digits(text, 11)
        && month(text, 2, 0, 20, 40, 60, 80)
        && (10 - sum(text, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10 == at(text, 10);
  }

  /** Sweden: personnummer of ten or twelve digits. */
  static boolean sweden(String text) {
    String ten = text.length() == 12 ? text.substring(2) : text;
    return digits(ten, 10) && month(ten, 2, 0) && day(ten, 4, 0, 60) && luhn(ten);
  }

  /** Norway: fødselsnummer. */
  static boolean norway(String text) {
    return digits(text, 11)
        && day(text, 0, 0, 40)
        && month(text, 2, 0)
        && elevens(sum(text, 3, 7, 6, 1, 8, 9, 4, 5, 2), at(text, 9))
        && elevens(sum(text, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), at(text, 10));
  }

  private static boolean elevens(int sum, int check) {
    return (11 - sum % 11) % 11 == check;
  }

  /** Finland: henkilötunnus, with its separator left out. */
  static boolean finland(String text) {
    return text.length() == 10
        && HENKILOTUNNUS_END.matches(text)
        && day(text, 0, 0)
        && month(text, 2, 0)
        && "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(Integer.parseInt(text.substring(0, 9)) % 31)
            == text.charAt(9);
  }

  /** The Netherlands: burgerservicenummer. */
  static boolean netherlands(String text) {
    return digits(text, 9)
        && !text.equals("000000000")
        && sum(text, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }

  /** Belgium: rijksregisternummer. */
  static boolean belgium(String text) {
    if (!digits(text, 11) || !month(text, 2, 0, 20, 40)) {
      return false;
    }
    int check = Integer.parseInt(text.substring(9));
    return 97 - remainder(text.substring(0, 9), 97) == check
        || 97 - remainder("2" + text.substring(0, 9), 97) == check;
  }

  /** France: numéro de sécurité sociale with its key. */
  static boolean france(String text) {
    String number = text.replaceFirst("^(.{5})2A", "$119").replaceFirst("^(.{5})2B", "$118");
    return digits(number, 15)
        && "12".indexOf(number.charAt(0)) >= 0
        && month(number, 3, 0)
        && 97 - remainder(number.substring(0, 13), 97) == Integer.parseInt(number.substring(13));
  }

  /** Germany: steuerliche Identifikationsnummer, by ISO 7064 MOD 11,10. */
  static boolean germany(String text) {
    if (!digits(text, 11) || text.charAt(0) == '0') {
      return false;
    }
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int sum = (at(text, i) + product) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    return (11 - product) % 10 == at(text, 10)
        && text.substring(0, 10).chars().distinct().count() <= 9;
  }

  /** Switzerland: AHV number, an EAN-13 with the prefix 756. */
  static boolean switzerland(String text) {
    return digits(text, 13)
        && text.startsWith("756")
        && (10 - sum(text, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10 == at(text, 12);
  }

  /** Brazil: CPF. */
  static boolean brazil(String text) {
    return digits(text, 11)
        && text.chars().distinct().count() > 1
        && sum(text, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == at(text, 9)
        && sum(text, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == at(text, 10);
  }

  /** India: Aadhaar, by Verhoeff's scheme. */
  static boolean india(String text) {
    if (!digits(text, 12) || text.charAt(0) < '2') {
      return false;
    }
    int check = 0;
    for (int i = 0; i < 12; i++) {
      check = dihedral(check, VERHOEFF_PERMUTATION[i % 8][at(text, 11 - i)]);
    }
    return check == 0;
  }

  /** The product in the dihedral group of ten elements. */
  private static int dihedral(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    }
    return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
  }

  private static boolean month(String text, int from, int... offsets) {
    return within(text, from, 12, offsets);
  }

  private static boolean day(String text, int from, int... offsets) {
    return within(text, from, 31, offsets);
  }

  /**
   * Whether two digits make a number from 1 to the limit. Some numbers add an offset to a month or
   * a day, which is subtracted first.
   */
  private static boolean within(String text, int from, int limit, int... offsets) {
    int number = Integer.parseInt(text.substring(from, from + 2));
    return IntStream.of(offsets).anyMatch(o -> number - o >= 1 && number - o <= limit);
  }
}
