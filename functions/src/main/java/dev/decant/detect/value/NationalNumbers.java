package dev.decant.detect.value;

import com.google.re2j.Pattern;

/**
 * The national identification numbers of further countries, with their check digits. All arguments
 * are digits and upper-case letters without separators.
 */
final class NationalNumbers {
  private static final Pattern CURP =
      Pattern.compile("[A-Z]{4}[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9][HMX][A-Z]{5}[A-Z0-9][0-9]");
  private static final Pattern CHINA =
      Pattern.compile("[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9X]");
  private static final Pattern RUT = Pattern.compile("[0-9]{7,8}[0-9K]");
  private static final String OF_CHINA = "10X98765432";

  private NationalNumbers() {}

  private static boolean digits(String text, int length) {
    return text.length() == length && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int sum(String text, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (text.charAt(i) - '0');
    }
    return sum;
  }

  private static boolean endsWith(String text, int check) {
    return text.charAt(text.length() - 1) - '0' == check;
  }

  private static boolean day(String text, int month, int day) {
    int m = Integer.parseInt(text.substring(month, month + 2));
    int d = Integer.parseInt(text.substring(day, day + 2));
    return m >= 1 && m <= 12 && d >= 1 && d <= 31;
  }

  /** T.C. kimlik numarası. */
  static boolean turkey(String text) {
    if (!digits(text, 11) || text.charAt(0) == '0') {
      return false;
    }
    int tenth = Math.floorMod(sum(text, 7, -1, 7, -1, 7, -1, 7, -1, 7), 10);
    return text.charAt(9) - '0' == tenth
        && endsWith(text, sum(text, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10);
  }

  /** Cod numeric personal. */
  static boolean romania(String text) {
    if (!digits(text, 13) || !day(text, 3, 5)) {
      return false;
    }
    int rest = sum(text, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
    return endsWith(text, rest == 10 ? 1 : rest);
  }

  /** Rodné číslo, also of Slovakia. Women have 50 added to the month. */
  static boolean czechia(String text) {
    if (!digits(text, 10) || Long.parseLong(text) % 11 != 0) {
      return false;
    }
    int month = Integer.parseInt(text.substring(2, 4)) % 50;
    return month >= 1 && month <= 12 && day("01" + text.substring(4, 6), 0, 2);
  }

  /** Isikukood, also of Lithuania. */
  static boolean estonia(String text) {
    if (!digits(text, 11) || !day(text, 3, 5) || text.charAt(0) < '1' || text.charAt(0) > '6') {
      return false;
    }
    int rest = sum(text, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    rest = rest == 10 ? sum(text, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10 : rest;
    return endsWith(text, rest);
  }

  /** Sozialversicherungsnummer. */
  static boolean austria(String text) {
    return digits(text, 10)
        && text.charAt(0) != '0'
        && day(text, 6, 4)
        && sum(text, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == text.charAt(3) - '0';
  }

  static boolean southAfrica(String text) {
    return digits(text, 13) && day(text, 2, 4) && CheckDigits.luhn(text);
  }

  /** Clave única de registro de población. */
  static boolean mexico(String text) {
    return CURP.matches(text);
  }

  static boolean china(String text) {
    return CHINA.matches(text)
        && text.charAt(17)
            == OF_CHINA.charAt(sum(text, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11);
  }

  /** Rol único tributario. */
  static boolean chile(String text) {
    if (!RUT.matches(text)) {
      return false;
    }
    int sum = 0;
    for (int i = text.length() - 2, weight = 2;
        i >= 0;
        i--, weight = weight == 7 ? 2 : weight + 1) {
      sum += weight * (text.charAt(i) - '0');
    }
    int check = 11 - sum % 11;
    char expected = check == 11 ? '0' : check == 10 ? 'K' : (char) ('0' + check);
    return text.charAt(text.length() - 1) == expected;
  }
}
