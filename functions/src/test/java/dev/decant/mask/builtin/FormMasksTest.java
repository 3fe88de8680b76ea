package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.CardNumber;
import dev.decant.mask.value.Iban;
import dev.decant.schema.TypeCategory;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The masks of values that have a form: IBANs, cards, MAC addresses and URLs. */
final class FormMasksTest {
  private static final int VALUES = 20_000;

  private static boolean isIban(String text) {
    String compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
    StringBuilder digits = new StringBuilder();
    (compact.substring(4) + compact.substring(0, 4))
        .chars()
        .forEach(c -> digits.append(Character.digit(c, 36)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  private static boolean isCard(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new CardNumber().parse(bytes, 0, bytes.length);
  }

  private static String iban(String country, String account) {
    byte[] compact = (country + "00" + account).getBytes(StandardCharsets.US_ASCII);
    return String.format(
        Locale.ROOT, "%s%02d%s", country, Iban.checkDigits(compact, compact.length), account);
  }

  private static String card(String start, long number, int length) {
    String digits =
        start + String.format(Locale.ROOT, "%0" + (length - 1 - start.length()) + "d", number);
    byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
    return digits + (char) CardNumber.checkDigit(bytes, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "DE89370400440532013000, DE\\d{20}",
    "GB29 NWBK 6016 1331 9268 19, GB\\d\\d [A-Z]{4} (\\d{4} ){3}\\d\\d",
    "fr14 2004 1010 0505 0001 3m02 606, fr\\d\\d (\\d{4} ){4}\\d[a-z]\\d\\d \\d{3}",
    "MT84MALT011000012345MTLCAST001S, MT\\d\\d[A-Z]{4}\\d{12}[A-Z]{7}\\d{3}[A-Z]",
    "NO93-8601-1117-947, NO\\d\\d-\\d{4}-\\d{4}-\\d{3}"
  })
  void anIbanKeepsItsShapeAndItsCheckDigitsHold(String raw, String shape) {
    String masked = MaskProbe.text("iban").mask(raw);
    assertThat(masked).matches(shape).isNotEqualTo(raw);
    assertThat(isIban(masked.replace("-", ""))).isTrue();
  }

  @Test
  void ibansStayDifferentAndSpellingsOfOneStayTheSame() {
    MaskProbe mask = MaskProbe.text("iban");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < VALUES; i++) {
      String masked = mask.mask(iban("BE", String.format(Locale.ROOT, "%012d", i * 49_999_999L)));
      assertThat(isIban(masked)).isTrue();
      seen.add(masked);
      seen.add(mask.mask("BE00" + String.format(Locale.ROOT, "%012d", i)));
    }
    assertThat(seen).hasSize(2 * VALUES);
    assertThat(mask.mask("de89 3704 0044 0532 0130 00").replace(" ", "").toUpperCase(Locale.ROOT))
        .isEqualTo(mask.mask("DE89370400440532013000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DE88370400440532013000", "Sparkasse Köln", "DE89 3704", "4111", "ab?c", "٣٤ ж"})
  void aTextThatIsNoIbanIsScrambledIntoOneThatIsNone(String raw) {
    String masked = MaskProbe.text("iban").mask(raw);
    byte[] bytes = masked.getBytes(StandardCharsets.UTF_8);
    assertThat(masked).isNotEqualTo(raw).hasSameSizeAs(raw);
    assertThat(new Iban().parse(bytes, 0, bytes.length)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "4539 1488 0343 6467, 4(0|1|2|5)\\d\\d \\d{4} \\d{4} \\d{4}",
    "5425-2334-3010-9903, 5(1|2|4|5)\\d\\d-\\d{4}-\\d{4}-\\d{4}",
    "2223000048400011, 2223\\d{12}",
    "374245455400126, 37\\d{13}",
    "30569309025904, (30|36|38)\\d{12}",
    "3566002020360505, 35\\d{14}",
    "6011000990139424, 6011\\d{12}",
    "6212345678901232, 62\\d{14}",
    "9876543210987654321, 9876543210987654321"
  })
  void aCardKeepsItsSchemeAndBecomesATestNumber(String raw, String shape) {
    String masked = MaskProbe.text("credit-card").mask(raw);
    if (!isCard(raw)) {
      assertThat(isCard(masked)).isFalse();
      return;
    }
    assertThat(masked).matches(shape).isNotEqualTo(raw);
    assertThat(isCard(masked)).isTrue();
  }

  @Test
  void cardsOfOneIssuerStayDifferent() {
    MaskProbe mask = MaskProbe.text("credit-card");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < VALUES; i++) {
      String masked = mask.mask(card("453914", i * 41L, 16));
      assertThat(isCard(masked)).isTrue();
      seen.add(masked);
    }
    assertThat(seen).hasSize(VALUES);
    Set<String> shortest = new HashSet<>();
    IntStream.range(0, 100_000).forEach(i -> shortest.add(mask.mask(card("501800", i, 12))));
    assertThat(shortest).hasSize(100_000);
  }

  @Test
  void textsThatAreNoCardsStayDifferentAndAreNoCards() {
    MaskProbe mask = MaskProbe.text("credit-card");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < VALUES; i++) {
      String raw = String.format(Locale.ROOT, "4111%012d", i);
      String masked = mask.mask(raw);
      assertThat(isCard(masked)).isEqualTo(isCard(raw));
      seen.add(masked);
    }
    assertThat(seen).hasSize(VALUES);
    assertThat(mask.mask("XXXX XXXX XXXX 1234")).matches("[A-Z]{4} [A-Z]{4} [A-Z]{4} \\d{4}");
  }

  @ParameterizedTest
  @CsvSource({
    "08:00:2b:01:02:03, [0-9a-f]{2}(:[0-9a-f]{2}){5}",
    "08-00-2B-01-02-FF, [0-9A-F]{2}(-[0-9A-F]{2}){5}",
    "0800.2b01.0203, [0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}",
    "08002b010203, [0-9a-f]{12}",
    "08:00:2b:01:02:03:04:05, [0-9a-f]{2}(:[0-9a-f]{2}){7}",
    "08:00-2b:01:02:03, \\d\\d:\\d\\d-\\d[a-z]:\\d\\d:\\d\\d:\\d\\d"
  })
  void aMacAddressKeepsItsSpelling(String raw, String shape) {
    assertThat(MaskProbe.text("mac").mask(raw)).matches(shape).isNotEqualTo(raw);
  }

  @Test
  void macAddressesKeepTheirFlagsAndPrefix() {
    Random random = new Random(3);
    MaskProbe whole =
        MaskProbe.of(MaskSpec.of("mac"), MaskProbe.column("macaddr", TypeCategory.MACADDR));
    MaskProbe vendor = MaskProbe.text("mac", "prefix", 24L);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < VALUES; i++) {
      int first = random.nextInt(256);
      String raw = String.format(Locale.ROOT, "%02x:00:2b:00:%02x:%02x", first, i >> 8, i & 255);
      String masked = whole.mask(raw);
      assertThat(Integer.parseInt(masked.substring(0, 2), 16) & 3).isEqualTo(first & 3);
      seen.add(masked);
      assertThat(vendor.mask(raw)).startsWith(raw.substring(0, 8)).isNotEqualTo(raw);
    }
    assertThat(seen).hasSize(VALUES);
    assertThat(MaskProbe.text("mac").mask("08:00:2b:01:02:03"))
        .isEqualTo(whole.mask("08:00:2b:01:02:03"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://firma.de/max.png, https://[a-z2-7]{13}\\.invalid/[a-z2-7]{13}\\.png",
    "http://max:secret@firma.de:8080, http://[a-z2-7]{13}\\.invalid",
    "ftp://firma.de/, ftp://[a-z2-7]{13}\\.invalid/",
    "https://firma.de?token=abc, https://[a-z2-7]{13}\\.invalid/[a-z2-7]{13}",
    "//cdn.firma.de/a.b/max, //[a-z2-7]{13}\\.invalid/[a-z2-7]{13}",
    "/users/max.muster, /[a-z2-7]{13}",
    "/a.jpg?user=max.png, /[a-z2-7]{13}\\.jpg",
    "www.firma.de, https://[a-z2-7]{13}\\.invalid",
    "mailto:max@firma.de, https://[a-z2-7]{13}\\.invalid",
    "Max Müller, https://[a-z2-7]{13}\\.invalid",
    "averylongscheme://a, https://[a-z2-7]{13}\\.invalid/[a-z2-7]{13}"
  })
  void aUrlLeadsNowhere(String raw, String shape) {
    String masked = MaskProbe.text("url").mask(raw);
    assertThat(masked).matches(shape);
    assertThat(URI.create(masked)).isNotNull();
  }

  @Test
  void urlsOfOneHostStayTogetherAndFitTheColumn() {
    MaskProbe mask = MaskProbe.text("url");
    String host = mask.mask("https://firma.de");
    assertThat(mask.mask("https://firma.de/a")).startsWith(host + "/");
    assertThat(mask.mask("https://firma.de/a")).isNotEqualTo(mask.mask("https://firma.de/b"));
    assertThat(mask.mask("firma.de")).isNotEqualTo(host);
    for (int length : List.of(29, 30, 31, 40, 43, 46, 47)) {
      String masked =
          MaskProbe.of(MaskSpec.of("url"), MaskProbe.varchar(length))
              .mask("https://firma.de/max.png");
      assertThat(masked).hasSizeLessThanOrEqualTo(length).startsWith(host);
      assertThat(URI.create(masked).getHost()).endsWith(".invalid");
    }
    assertThat(MaskProbe.refusal(MaskSpec.of("url"), MaskProbe.varchar(28))).contains("too short");
  }

  @Test
  void companiesAndJobsAreWordsOfTheLanguage() {
    assertThat(MaskProbe.text("company").mask("Muster AG")).matches("[^ ]+-[^ ]+ .+");
    assertThat(MaskProbe.text("job", "locale", "en").mask("Pilot")).matches("[A-Z].+ [A-Z][a-z]+");
    assertThat(MaskProbe.text("job").mask("Pilot")).matches("[A-Z].+");
    assertThat(MaskProbe.text("user-agent").mask("MyApp")).contains("/");
  }

  @Test
  void phoneGivesANumericTheDigitsOfAnInteger() {
    MaskSpec phone = MaskSpec.of("phone");
    MaskProbe numeric = MaskProbe.of(phone, MaskProbe.numeric(12, 0));
    MaskProbe bigint = MaskProbe.of(phone, MaskProbe.column("bigint", TypeCategory.BIGINT));
    for (String number : List.of("0", "7", "-42", "491701234567", "-999999999999")) {
      assertThat(numeric.mask(number)).isEqualTo(bigint.mask(number));
    }
    assertThat(List.of("1000.0", "1e3", " 1000", "01000", "+999.6").stream().map(numeric::mask))
        .containsOnly(bigint.mask("1000"));
    assertThat(numeric.mask("NaN")).isEqualTo("NaN");
    assertThatThrownBy(() -> numeric.mask("1e999999999"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MaskProbe.refusal(phone, MaskProbe.numeric(19, 0))).contains("18 digits");
    assertThat(MaskProbe.refusal(phone, MaskProbe.numeric(8, 2))).contains("no fraction");
    assertThat(MaskProbe.refusal(phone, MaskProbe.column("numeric", TypeCategory.NUMERIC)))
        .contains("numeric(12)");
  }
}
