package dev.decant.detect.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns of which only the made-up values say what they hold, since their names show nothing. The
 * check digits are computed here, by the published algorithms.
 */
final class ColumnValuesTest {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static Arguments of(String name, Object expected, Function<Random, String> values) {
    return Arguments.of(name, expected, values);
  }

  static Stream<Arguments> personal() {
    return Stream.of(
        of("Germany", Category.NATIONAL_ID, ColumnValuesTest::germany),
        of("Netherlands", Category.NATIONAL_ID, ColumnValuesTest::netherlands),
        of("Poland", Category.NATIONAL_ID, ColumnValuesTest::poland),
        of("Spain", Category.NATIONAL_ID, ColumnValuesTest::spain),
        of("France", Category.NATIONAL_ID, ColumnValuesTest::france),
        of("Belgium", Category.NATIONAL_ID, ColumnValuesTest::belgium),
        of("Sweden", Category.NATIONAL_ID, ColumnValuesTest::sweden),
        of("Finland", Category.NATIONAL_ID, ColumnValuesTest::finland),
        of("Portugal", Category.NATIONAL_ID, ColumnValuesTest::portugal),
        of("Brazil", Category.NATIONAL_ID, ColumnValuesTest::brazil),
        of("Brazil, with dots", Category.NATIONAL_ID, r -> dotted(brazil(r))),
        of("Switzerland", Category.NATIONAL_ID, ColumnValuesTest::switzerland),
        of("IBAN", Category.IBAN, ColumnValuesTest::iban),
        of("IBAN in groups", Category.IBAN, r -> iban(r).replaceAll("(.{4})(?=.)", "$1 ")),
        of("card", Category.CREDIT_CARD, ColumnValuesTest::card),
        of("card in groups", Category.CREDIT_CARD, r -> card(r).replaceAll("(.{4})(?=.)", "$1-")),
        of("VAT of Germany", Category.VAT_ID, r -> "DE" + digits(r, 9)),
        of("VAT of the Netherlands", Category.VAT_ID, r -> "NL" + digits(r, 9) + "B01"),
        of("phone", Category.PHONE, r -> "+49 170 " + digits(r, 7)),
        of("phone without +", Category.PHONE, r -> "0" + (1 + r.nextInt(9)) + digits(r, 8)),
        of(
            "postcode",
            Category.POSTCODE,
            r -> (1 + r.nextInt(9)) + digits(r, 3) + " " + word(r, 2)),
        of("street", Category.STREET, r -> "Hauptstraße " + (1 + r.nextInt(200))),
        of("rue", Category.STREET, r -> (1 + r.nextInt(200)) + " rue de la Gare"),
        of("bcrypt", Category.PASSWORD, r -> "$2b$12$" + random(r, 53)),
        of(
            "scrypt",
            Category.PASSWORD,
            r -> "$scrypt$ln=16,r=8,p=1$" + random(r, 22) + "$" + random(r, 43)),
        of(
            "JWT",
            Category.SECRET,
            r -> "eyJhbGciOiJIUzI1NiJ9.eyJ" + random(r, 40) + "." + random(r, 43)),
        of("Stripe key", Category.SECRET, r -> "sk_live_" + random(r, 24)),
        of("AWS key", Category.SECRET, r -> "AKIA" + word(r, 16)),
        of("GitHub token", Category.SECRET, r -> "ghp_" + random(r, 36)),
        of("e-mail in XML", Category.DOCUMENT, r -> "<c><mail>" + mail(r) + "</mail></c>"),
        of(
            "e-mail in hstore",
            Category.DOCUMENT,
            r -> "\"mail\"=>\"" + mail(r) + "\", \"a\"=>\"1\""),
        of("e-mail in JSON", Category.DOCUMENT, r -> "{\"x\": {\"y\": \"" + mail(r) + "\"}}"),
        of("e-mails in an array", Category.EMAIL, r -> "{" + mail(r) + "," + mail(r) + "}"),
        of("IP addresses", Category.IP, r -> "10." + r.nextInt(256) + "." + r.nextInt(256) + ".7"),
        of("dates of birth", Category.BIRTH_DATE, r -> day(r, 1940, 60)));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        of("order numbers", "TEXT", r -> "ORD-2024-" + digits(r, 6)),
        of("order numbers of digits", "TEXT", r -> "4" + digits(r, 8)),
        of("invoice numbers", "TEXT", r -> "RE" + digits(r, 8)),
        of("EAN 13", "TEXT", r -> ean("40" + digits(r, 10))),
        of("EAN 13 as numbers", "BIGINT", r -> ean("40" + digits(r, 10))),
        of("EAN 8", "TEXT", r -> digits(r, 8)),
        of("ISBN 13", "TEXT", r -> ean("978" + digits(r, 9))),
        of("ISBN 10", "TEXT", ColumnValuesTest::isbn),
        of(
            "ISBN with hyphens",
            "TEXT",
            r -> isbn(r).replaceAll("(.)(...)(.....)(.)", "$1-$2-$3-$4")),
        of("seconds since 1970", "BIGINT", r -> "" + (1_600_000_000L + r.nextInt(100_000_000))),
        of("milliseconds", "BIGINT", r -> "" + (1_600_000_000_000L + r.nextInt())),
        of("milliseconds as text", "TEXT", r -> "" + (1_600_000_000_000L + r.nextInt())),
        of("nanoseconds", "BIGINT", r -> "1600000000" + digits(r, 9)),
        of("versions", "TEXT", r -> r.nextInt(20) + "." + r.nextInt(40) + "." + r.nextInt(99)),
        of(
            "versions of four",
            "TEXT",
            r -> "1" + r.nextInt(9) + ".0." + (6000 + r.nextInt(999)) + "." + r.nextInt(99)),
        of("short commits", "TEXT", r -> hex(r, 7)),
        of("UUID", "TEXT", ColumnValuesTest::uuid),
        of("UUID without hyphens", "TEXT", r -> uuid(r).replace("-", "")),
        of("ULID", "TEXT", r -> "01H" + base32(r, 23)),
        of("prices", "NUMERIC", r -> r.nextInt(10_000) + "." + digits(r, 2)),
        of("prices as text", "TEXT", r -> r.nextInt(10_000) + "," + digits(r, 2)),
        of("large amounts", "NUMERIC", r -> (1 + r.nextInt(9)) + digits(r, 9) + ".00"),
        of("serial numbers", "BIGINT", r -> "" + (100_000_000_000L + r.nextInt(1_000_000))),
        of("snowflakes", "BIGINT", r -> "1" + digits(r, 17)),
        of("article numbers", "TEXT", r -> word(r, 3) + "-" + digits(r, 4) + "-" + word(r, 1)),
        of("times of day", "TEXT", r -> two(r, 24) + ":" + two(r, 60) + ":" + two(r, 60)),
        of("recent days", "DATE", r -> day(r, 2020, 4)),
        of("recent days as text", "TEXT", r -> day(r, 2020, 4)),
        of("recent times", "TEXT", r -> day(r, 2020, 4) + "T" + two(r, 24) + ":00:00Z"),
        of("colours", "TEXT", r -> "#" + hex(r, 6)),
        of("paths", "TEXT", r -> "/var/lib/app/" + hex(r, 2) + "/" + hex(r, 6) + ".bin"),
        of(
            "types",
            "TEXT",
            r -> List.of("image/png", "text/html", "application/pdf").get(r.nextInt(3))),
        of("measures", "FLOAT", r -> r.nextInt(100) + "." + digits(r, 6)),
        of("vectors", "OTHER", r -> "[0." + digits(r, 7) + ",0." + digits(r, 7) + ",-0.5]"),
        of("arrays of numbers", "ARRAY", r -> "{0." + digits(r, 7) + ",0." + digits(r, 7) + "}"),
        of("SKU", "TEXT", r -> "SKU" + digits(r, 6)),
        of("hexadecimal numbers", "TEXT", r -> "0x" + hex(r, 8)),
        of("ETags", "TEXT", r -> "W/\"" + hex(r, 16) + "\""),
        of("ISO weeks", "TEXT", r -> "2024-W" + two(r, 52)),
        of("percentages", "TEXT", r -> r.nextInt(100) + "." + r.nextInt(10) + " %"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("personal")
  void personalValuesAreFound(String name, Category category, Function<Random, String> values) {
    assertThat(verdict("TEXT", values))
        .as(name)
        .isInstanceOfSatisfying(
            Verdict.Personal.class, p -> assertThat(p.category()).isEqualTo(category));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void otherValuesAreNotTakenForPersonal(
      String name, String type, Function<Random, String> values) {
    assertThat(verdict(type, values)).as(name).isNotInstanceOf(Verdict.Personal.class);
  }

  /** Only the name distinguishes a checksum from a token. */
  @ParameterizedTest
  @CsvSource({"commit_sha, 40", "sha1, 40", "file_md5, 32", "checksum, 64", "sha256, 64"})
  void checksumsAreKnownByTheirNames(String name, int length) {
    assertThat(verdict(name, "TEXT", r -> hex(r, length))).isInstanceOf(Verdict.Harmless.class);
    assertThat(verdict("x1", "TEXT", r -> hex(r, length))).isInstanceOf(Verdict.Personal.class);
    assertThat(verdict("email_md5", "TEXT", r -> hex(r, length)))
        .isInstanceOf(Verdict.Personal.class);
    assertThat(verdict(name, "TEXT", r -> "sk_live_" + random(r, 24)))
        .isInstanceOf(Verdict.Personal.class);
  }

  private static Verdict verdict(String type, Function<Random, String> values) {
    return verdict("x1", type, values);
  }

  private static Verdict verdict(String called, String type, Function<Random, String> values) {
    Random random = new Random(7);
    TypeCategory category = TypeCategory.valueOf(type);
    String name = category == TypeCategory.OTHER ? "vector" : type.toLowerCase(Locale.ROOT);
    ColumnType of =
        category == TypeCategory.ARRAY
            ? new ColumnType(
                "float8[]",
                category,
                -1,
                -1,
                -1,
                List.of(),
                new ColumnType.Parts.Element(ColumnType.of("float8", TypeCategory.FLOAT)),
                false)
            : ColumnType.of(name, category);
    Column column = new Column(called, of, false, false, false);
    ColumnProfile profile = new ColumnProfile(new SampleMemory());
    for (int i = 0; i < 500; i++) {
      profile.add(values.apply(random));
    }
    TableName things = new TableName("public", "things");
    Table table = new Table(things, List.of(column), false, List.of(), null, List.of(), null);
    return ColumnDetector.of(table).verdict(column, profile);
  }

  private static String digits(Random r, int count) {
    return r.ints(count, 0, 10)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  private static String chars(Random r, int count, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(r.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static String hex(Random r, int count) {
    return chars(r, count, "0123456789abcdef");
  }

  private static String word(Random r, int count) {
    return chars(r, count, LETTERS);
  }

  private static String base32(Random r, int count) {
    return chars(r, count, "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
  }

  private static String random(Random r, int count) {
    return chars(r, count, LETTERS + LETTERS.toLowerCase(Locale.ROOT) + "0123456789");
  }

  private static String two(Random r, int limit) {
    return String.format("%02d", r.nextInt(limit));
  }

  private static String uuid(Random r) {
    return hex(r, 8) + "-" + hex(r, 4) + "-4" + hex(r, 3) + "-a" + hex(r, 3) + "-" + hex(r, 12);
  }

  private static String mail(Random r) {
    return hex(r, 6) + "@example.com";
  }

  private static String day(Random r, int from, int years) {
    return "%d-%02d-%02d".formatted(from + r.nextInt(years), 1 + r.nextInt(12), 1 + r.nextInt(28));
  }

  private static String sixDigitDay(Random r) {
    return two(r, 80) + String.format("%02d%02d", 1 + r.nextInt(12), 1 + r.nextInt(28));
  }

  private static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (digits.charAt(i) - '0');
    }
    return sum;
  }

  private static String luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int twice = 2 * digit;
      sum += i % 2 == 0 ? twice / 10 + twice % 10 : digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String ean(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String isbn(Random r) {
    String body = digits(r, 9);
    int check = weighted(body, 1, 2, 3, 4, 5, 6, 7, 8, 9) % 11;
    return body + (check == 10 ? "X" : "" + check);
  }

  private static String card(Random r) {
    return luhn("4" + digits(r, 14));
  }

  private static String iban(Random r) {
    String account = digits(r, 18);
    long rest = new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).longValue();
    return "DE%02d%s".formatted(98 - rest, account);
  }

  /** ISO 7064, MOD 11,10; exactly one digit occurs twice. */
  private static String germany(Random r) {
    String different = "1234567890";
    int twice = 1 + r.nextInt(8);
    char[] body = different.toCharArray();
    for (int i = body.length - 1; i > 0; i--) {
      int j = r.nextInt(i + 1);
      char c = body[i];
      body[i] = body[j];
      body[j] = c;
    }
    body[9] = body[twice];
    if (body[0] == '0') {
      body[0] = body[1];
      body[1] = '0';
    }
    int product = 10;
    for (char c : body) {
      int sum = (c - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return new String(body) + (11 - product) % 10;
  }

  private static String netherlands(Random r) {
    while (true) {
      String body = (1 + r.nextInt(9)) + digits(r, 7);
      int check = weighted(body, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
      if (check < 10) {
        return body + check;
      }
    }
  }

  private static String poland(Random r) {
    String body = sixDigitDay(r) + digits(r, 4);
    return body + (10 - weighted(body, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
  }

  private static String spain(Random r) {
    int number = 10_000_000 + r.nextInt(80_000_000);
    return "" + number + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23);
  }

  private static String france(Random r) {
    String body =
        (1 + r.nextInt(2))
            + two(r, 99)
            + String.format("%02d", 1 + r.nextInt(12))
            + (10 + r.nextInt(80))
            + digits(r, 6);
    return body + String.format("%02d", 97 - Long.parseLong(body) % 97);
  }

  private static String belgium(Random r) {
    String body = sixDigitDay(r) + digits(r, 3);
    return body + String.format("%02d", 97 - Long.parseLong(body) % 97);
  }

  private static String sweden(Random r) {
    String number = luhn(sixDigitDay(r) + digits(r, 3));
    return number.substring(0, 6) + "-" + number.substring(6);
  }

  private static String finland(Random r) {
    String day = String.format("%02d%02d", 1 + r.nextInt(28), 1 + r.nextInt(12)) + two(r, 99);
    String number = String.format("%03d", 2 + r.nextInt(890));
    int rest = (int) (Long.parseLong(day + number) % 31);
    return day + "-" + number + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(rest);
  }

  private static String portugal(Random r) {
    String body = (1 + r.nextInt(3)) + digits(r, 7);
    int rest = 11 - weighted(body, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return body + (rest > 9 ? 0 : rest);
  }

  private static String brazil(Random r) {
    String body = digits(r, 9);
    int first = weighted(body, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(body + first, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return body + first + second;
  }

  private static String dotted(String cpf) {
    return cpf.replaceAll("(...)(...)(...)(..)", "$1.$2.$3-$4");
  }

  private static String switzerland(Random r) {
    return ean("756" + digits(r, 9)).replaceAll("(...)(....)(....)(..)", "$1.$2.$3.$4");
  }
}
