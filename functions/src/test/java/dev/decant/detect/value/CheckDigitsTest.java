package dev.decant.detect.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are examples from the documents of the authorities and from public test data. */
final class CheckDigitsTest {
  private static final Map<String, Predicate<String>> ALL =
      Map.ofEntries(
          Map.entry("card", CheckDigits::card),
          Map.entry("iban", CheckDigits::iban),
          Map.entry("italy", CheckDigits::italy),
          Map.entry("spain", CheckDigits::spain),
          Map.entry("portugal", CheckDigits::portugal),
          Map.entry("poland", CheckDigits::poland),
          Map.entry("sweden", CheckDigits::sweden),
          Map.entry("norway", CheckDigits::norway),
          Map.entry("finland", CheckDigits::finland),
          Map.entry("netherlands", CheckDigits::netherlands),
          Map.entry("belgium", CheckDigits::belgium),
          Map.entry("france", CheckDigits::france),
          Map.entry("germany", CheckDigits::germany),
          Map.entry("switzerland", CheckDigits::switzerland),
          Map.entry("brazil", CheckDigits::brazil),
          Map.entry("india", CheckDigits::india),
          Map.entry("turkey", NationalNumbers::turkey),
          Map.entry("romania", NationalNumbers::romania),
          Map.entry("czechia", NationalNumbers::czechia),
          Map.entry("estonia", NationalNumbers::estonia),
          Map.entry("southAfrica", NationalNumbers::southAfrica),
          Map.entry("china", NationalNumbers::china),
          Map.entry("chile", NationalNumbers::chile));

  @ParameterizedTest
  @CsvSource({
    "card,4111111111111111",
    "card,5555555555554444",
    "iban,DE89370400440532013000",
    "iban,GB82WEST12345698765432",
    "iban,FR1420041010050500013M02606",
    "italy,RSSMRA85T10A562S",
    "spain,12345678Z",
    "spain,X1234567L",
    "portugal,123456789",
    "poland,44051401359",
    "sweden,8112189876",
    "sweden,198112189876",
    "norway,01010750160",
    "finland,131052308T",
    "netherlands,111222333",
    "belgium,85073003328",
    "france,255081416802538",
    "germany,86095742719",
    "switzerland,7569217076985",
    "brazil,52998224725",
    "india,234123412346",
    "turkey,10000000146",
    "romania,1800101221144",
    "czechia,7103192745",
    "estonia,37605030299",
    "southAfrica,8001015009087",
    "china,11010519491231002X",
    "chile,123456785",
  })
  void validNumbersPassAndNumbersWithOneWrongCharacterFail(String kind, String number) {
    Predicate<String> valid = Objects.requireNonNull(ALL.get(kind));
    assertThat(valid.test(number)).isTrue();
    char last = number.charAt(number.length() - 1);
    char wrong =
        Character.isDigit(last) ? (char) ('0' + (last - '0' + 1) % 10) : last == 'A' ? 'B' : 'A';
    assertThat(valid.test(number.substring(0, number.length() - 1) + wrong)).isFalse();
    assertThat(valid.test("")).isFalse();
    assertThat(valid.test(number + number)).isFalse();
    assertThat(valid.test("Ä".repeat(number.length()))).isFalse();
  }
}
