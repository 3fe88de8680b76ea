package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import dev.decant.error.DecantException;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.cipher.PasswordHash;
import dev.decant.mask.value.BlankPdf;
import dev.decant.mask.value.CalendarDay;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MasksTest {
  private static final Column TEXT = MaskProbe.column("text", TypeCategory.TEXT);
  private static final Column INTEGER = MaskProbe.column("integer", TypeCategory.INTEGER);
  private static final Column DATE = MaskProbe.column("date", TypeCategory.DATE);
  private static final Column INET = MaskProbe.column("inet", TypeCategory.INET);
  private static final Column UUID = MaskProbe.column("uuid", TypeCategory.UUID);

  @Test
  void allMasksOfTheFirstPartAreThere() {
    assertThat(MaskProbe.MASKS.names())
        .contains(
            ("keep nullify empty constant email first-name last-name full-name username street city"
                    + " postcode address phone scramble id uuid hash ip text redact password"
                    + " date-shift noise template pick json placeholder")
                .split(" "));
  }

  @Test
  void aNameTakenTwiceIsAnError() {
    assertThatThrownBy(() -> BuiltInMasks.with(List.of(new EmailFactory())))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("Two masks have the name email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email|integer|The mask email does not serve columns of type integer.",
        "noise|text|The mask noise does not serve columns of type text.",
        "scramble|array|The mask scramble does not serve columns of type text[].",
        "empty|integer|The mask empty does not serve columns of type integer."
      })
  void aMaskThatDoesNotServeATypeIsRefused(String mask, String type, String message) {
    Column column =
        switch (type) {
          case "integer" -> INTEGER;
          case "text" -> TEXT;
          default -> MaskProbe.column("text[]", TypeCategory.ARRAY);
        };
    assertThat(MaskProbe.refusal(MaskSpec.of(mask), column)).isEqualTo(message);
  }

  @Test
  void columnsThatCannotBeServedAreRefused() {
    ColumnType text = ColumnType.of("text", TypeCategory.TEXT);
    assertThat(MaskProbe.refusal(MaskSpec.of("nullify"), new Column("c", text, true, false, false)))
        .contains("NOT NULL");
    assertThat(MaskProbe.refusal(MaskSpec.of("keep"), new Column("c", text, false, true, false)))
        .contains("GENERATED ALWAYS AS");
    assertThat(MaskProbe.refusal(MaskSpec.of("email"), MaskProbe.varchar(18)))
        .contains("too short");
    assertThat(MaskProbe.refusal(MaskSpec.of("uuid"), MaskProbe.varchar(31))).contains("too short");
    assertThat(MaskProbe.refusal(MaskSpec.of("hash"), MaskProbe.varchar(30))).contains("base64");
    assertThat(MaskProbe.refusal(MaskSpec.of("ip"), MaskProbe.varchar(14))).contains("too short");
    assertThat(MaskProbe.refusal(MaskSpec.of("password"), MaskProbe.varchar(59))).contains("60");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThat(MaskProbe.refusal(MaskProbe.spec("hash", "length", 31L), TEXT)).contains("128 bits");
    assertThat(MaskProbe.refusal(MaskProbe.spec("ip", "prefix", 25L), INET)).contains("0 to 24");
    assertThat(MaskProbe.refusal(MaskProbe.spec("city", "locale", "xx"), TEXT)).contains("de, en");
    assertThat(MaskProbe.refusal(MaskProbe.spec("city", "locale", "de_AT"), TEXT)).isNull();
    assertThat(MaskProbe.refusal(MaskProbe.spec("noise", "percent", 0L), INTEGER)).contains("more");
    assertThat(MaskProbe.refusal(MaskProbe.spec("password", "cost", 3L), TEXT)).contains("4 to 16");
    assertThat(MaskProbe.refusal(MaskProbe.spec("password", "value", "ä".repeat(37)), TEXT))
        .contains("72 bytes");
    assertThat(MaskProbe.refusal(MaskProbe.spec("template", "value", "a{b"), TEXT))
        .contains("brace");
    assertThat(MaskProbe.refusal(MaskProbe.spec("email", "domain", "a b"), TEXT)).contains("host");
    assertThat(MaskProbe.refusal(MaskSpec.of("pick"), TEXT)).contains("has no values");
    assertThat(
            MaskProbe.refusal(
                MaskProbe.spec("pick", "values", List.of("a", "d")), MaskProbe.labels("a", "b")))
        .contains("value 2 of pick")
        .contains("a, b");
  }

  @ParameterizedTest
  @CsvSource({
    "SMALLINT,32767,32768", "INTEGER,-2147483648,1.5", "BIGINT,0,9223372036854775808",
    "BOOLEAN,true,yes", "DATE,2026-03-01,2026-02-30", "TIMESTAMP,2026-03-01 12:00:00+02,now",
    "UUID,00000000-0000-0000-0000-000000000000,1", "BYTEA,\\x00,hello", "JSON,[1],{a}",
    "INET,192.0.2.1,192.0.2.256", "FLOAT,1e5,x", "NUMERIC,NaN,1e"
  })
  void aConstantThatIsNoValueOfTheTypeIsRefused(TypeCategory category, String good, String bad) {
    Column column = MaskProbe.column("t", category);
    assertThat(MaskProbe.refusal(MaskProbe.spec("constant", "value", good), column)).isNull();
    assertThat(MaskProbe.refusal(MaskProbe.spec("constant", "value", bad), column))
        .startsWith("The value does not fit the type t. Write ");
  }

  @Test
  void constantsFitLengthAndScale() {
    MaskSpec spec = MaskProbe.spec("constant", "value", "äöü");
    assertThat(MaskProbe.refusal(spec, MaskProbe.varchar(3))).isNull();
    assertThat(MaskProbe.refusal(spec, MaskProbe.varchar(2))).contains("at most 2 characters");
    Column numeric = MaskProbe.numeric(5, 2);
    assertThat(MaskProbe.refusal(MaskProbe.spec("constant", "value", 999.99), numeric)).isNull();
    assertThat(MaskProbe.refusal(MaskProbe.spec("constant", "value", 999.999), numeric))
        .contains("at most 3 digits");
  }

  @Test
  void anEmailIsATokenAtADomain() {
    assertThat(MaskProbe.text("email").mask("max@firma.de"))
        .matches("[a-z2-7]{16}@example.invalid");
    assertThat(MaskProbe.text("email", "prefix", "u-", "domain", "staging.invalid").mask("no at"))
        .matches("u-[a-z2-7]{16}@staging.invalid");
    MaskProbe kept = MaskProbe.text("email", "keep-domain", true);
    assertThat(kept.mask("a@b@firma.de")).matches("[a-z2-7]{16}@firma.de");
    assertThat(kept.mask("<max@firma.de>")).endsWith("@example.invalid");
    assertThat(kept.mask("max@Max Muster")).endsWith("@example.invalid");
    assertThat(MaskProbe.text("email").mask("")).isEmpty();
  }

  @Test
  void shortColumnsGetShortTokensAndSayThatTheyAreNotInjective() {
    MaskSpec email = MaskSpec.of("email");
    assertThat(MaskProbe.injective(email, MaskProbe.varchar(29))).isTrue();
    assertThat(MaskProbe.injective(email, MaskProbe.varchar(28))).isFalse();
    assertThat(MaskProbe.of(email, MaskProbe.varchar(29)).mask("a@b.de")).hasSize(29);
    assertThat(MaskProbe.injective(MaskSpec.of("username"), MaskProbe.varchar(12))).isFalse();
    assertThat(MaskProbe.of(MaskSpec.of("username"), MaskProbe.varchar(40)).mask("max"))
        .matches("[a-z]+_[a-z]+_[a-z2-7]{13}");
  }

  @ParameterizedTest
  @CsvSource({
    "underscore, [a-z]+_[a-z]+_[a-z2-7]{13}",
    "hyphen, [a-z]+-[a-z]+-[a-z2-7]{13}",
    "dot, [a-z]+\\.[a-z]+\\.[a-z2-7]{13}",
    "plain, [a-z]+[a-z2-7]{13}"
  })
  void userNamesHaveAStyleAndALength(String style, String expected) {
    assertThat(MaskProbe.text("username", "style", style).mask("max")).matches(expected);
    MaskSpec spec = MaskProbe.spec("username", "style", style, "length", 15L);
    assertThat(MaskProbe.of(spec, TEXT).mask("max")).matches("[a-z2-7]{13}");
    assertThat(MaskProbe.injective(spec, TEXT)).isTrue();
    assertThat(MaskProbe.injective(MaskProbe.spec("username", "length", 12L), TEXT)).isFalse();
    assertThat(MaskProbe.refusal(MaskProbe.spec("username", "length", 3L), TEXT))
        .contains("4 to 255");
  }

  @Test
  void trailingBlanksOfCharAreNoPartOfTheValue() {
    MaskProbe padded = MaskProbe.of(MaskSpec.of("scramble"), MaskProbe.blankPadded(10));
    assertThat(padded.mask("abc       ")).isEqualTo(padded.mask("abc")).hasSize(3);
    assertThat(padded.mask("          ")).isEmpty();
  }

  @Test
  void elementsOfAnArrayAreMaskedAsInAColumn() {
    Column texts = MaskProbe.array(TEXT);
    String scrambled = MaskProbe.text("scramble").mask("Anna \"Schmidt\"");
    assertThat(
            MaskProbe.of(MaskProbe.spec("array", "of", MaskSpec.of("scramble")), texts)
                .mask("[0:1]={NULL,\"Anna \\\"Schmidt\\\"\"}"))
        .isEqualTo("[0:1]={NULL,\"" + scrambled.replace("\"", "\\\"") + "\"}");
    assertThat(
            MaskProbe.of(MaskProbe.spec("array", "of", MaskSpec.of("nullify")), texts)
                .mask("{{a,b},{NULL,c}}"))
        .isEqualTo("{{NULL,NULL},{NULL,NULL}}");
    assertThatThrownBy(
            () ->
                MaskProbe.of(MaskProbe.spec("array", "of", MaskSpec.of("scramble")), texts)
                    .mask("secret"))
        .hasMessage("The value is not an array as PostgreSQL writes it.");
    assertThat(MaskProbe.refusal(MaskProbe.spec("array", "of", MaskSpec.of("noise")), texts))
        .isEqualTo("In of: The mask noise does not serve columns of type text.");
    assertThat(MaskProbe.injective(MaskProbe.spec("array", "of", MaskSpec.of("scramble")), texts))
        .isTrue();
  }

  @Test
  void postcodesKeepTheirShape() {
    MaskProbe postcode = MaskProbe.text("postcode");
    assertThat(postcode.mask("80331")).matches("\\d{5}");
    assertThat(postcode.mask("SW1A 1AA")).matches("[A-Z]{2}\\d[A-Z] \\d[A-Z]{2}");
    assertThat(postcode.mask("none")).matches("\\d{5}");
    assertThat(MaskProbe.text("address").mask("x")).matches(".+ \\d+, \\d{5} .+");
    assertThat(MaskProbe.text("address", "locale", "en").mask("x")).matches("\\d+ .+, .+ \\d{5}");
  }

  @Test
  void textKeepsItsLines() {
    String raw = "Sehr geehrte Frau Müller,\r\n\r\nä\nIhr Auftrag 17.";
    String masked = MaskProbe.text("text").mask(raw);
    assertThat(masked.lines().map(String::length).toList())
        .isEqualTo(raw.lines().map(String::length).toList());
    assertThat(masked).hasSameSizeAs(raw).doesNotContain("Auftrag").contains("\r\n\r\n");
  }

  @Test
  void aNetworkKeepsItsPrefixAndLength() {
    MaskProbe ip = MaskProbe.of(MaskProbe.spec("ip", "prefix", 16L), INET);
    assertThat(ip.mask("192.168.7.9/24")).startsWith("192.168.").endsWith("/24");
    assertThat(ip.mask("2001:db8::1")).startsWith("2001:").doesNotContain("/");
    Set<String> seen = new HashSet<>();
    IntStream.range(0, 1 << 16)
        .forEach(i -> seen.add(ip.mask("10.1." + (i >> 8) + "." + (i & 255))));
    assertThat(seen).hasSize(1 << 16).allMatch(a -> a.startsWith("10.1."));
    MaskProbe cidr = MaskProbe.of(MaskSpec.of("ip"), MaskProbe.column("cidr", TypeCategory.CIDR));
    assertThat(cidr.mask("10.0.0.0/8")).matches("\\d+\\.0\\.0\\.0/8");
    assertThat(cidr.mask("2001:db8::/32")).matches("[0-9a-f]+:[0-9a-f]+::/32");
  }

  @Test
  void uuidsHaveTheirVersion() {
    String raw = "018f3c1e-5a7b-7cde-8f01-23456789abcd";
    assertThat(MaskProbe.of(MaskSpec.of("uuid"), UUID).mask(raw))
        .matches("[0-9a-f-]{14}4[0-9a-f]{3}-[89ab].*");
    assertThat(MaskProbe.of(MaskProbe.spec("uuid", "version", 7L), UUID).mask(raw))
        .startsWith("018f3c1e-5a7b-7")
        .isNotEqualTo(raw);
    assertThat(MaskProbe.of(MaskSpec.of("id"), UUID).mask(raw))
        .matches("[0-9a-f-]{14}7.*-8.*|.{14}7.{4}[89ab].*");
    assertThat(MaskProbe.text("uuid").mask(raw))
        .isEqualTo(MaskProbe.of(MaskSpec.of("uuid"), UUID).mask(raw));
    assertThat(MaskProbe.text("uuid").mask(raw.replace("-", ""))).matches("[0-9a-f]{32}");
    assertThat(MaskProbe.text("uuid").mask(raw.toUpperCase(Locale.ROOT))).matches("[0-9a-f-]{36}");
  }

  @Test
  void datesOfAnEntityMoveTogether() {
    MaskProbe mask =
        MaskProbe.of(MaskProbe.spec("date-shift", "by", "person"), DATE, MaskProbe.KEY, "person");
    long first = java.time.LocalDate.parse(mask.mask("2024-02-29", "17")).toEpochDay();
    long second = java.time.LocalDate.parse(mask.mask("2024-03-05", "17")).toEpochDay();
    assertThat(second - first).isEqualTo(5);
    assertThat(Math.abs(first - java.time.LocalDate.of(2024, 2, 29).toEpochDay()))
        .isBetween(1L, 365L);
    assertThat(mask.mask("2024-02-29", (String) null)).isNotEqualTo("2024-02-29");
  }

  @Test
  void calendarDaysAreThoseOfJavaTime() {
    CalendarDay day = new CalendarDay();
    for (long d = -1_500_000; d < 3_000_000; d += 173) {
      java.time.LocalDate date = java.time.LocalDate.ofEpochDay(d);
      assertThat(CalendarDay.day(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(d);
      String shown =
          String.format(
              Locale.ROOT,
              "%04d-%02d-%02d%s",
              date.getYear() > 0 ? date.getYear() : 1 - date.getYear(),
              date.getMonthValue(),
              date.getDayOfMonth(),
              date.getYear() > 0 ? "" : " BC");
      byte[] bytes = shown.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      assertThat(day.parse(bytes, 0, bytes.length)).isTrue();
      assertThat(day.day()).as(shown).isEqualTo(d);
    }
  }

  @Test
  void noiseStaysWithinItsPercent() {
    MaskProbe noise = MaskProbe.of(MaskSpec.of("noise"), MaskProbe.numeric(9, 2));
    for (int i = 11; i < 3000; i++) {
      double raw = i * 3.5;
      double masked = Double.parseDouble(noise.mask(String.format(Locale.ROOT, "%.2f", raw)));
      assertThat(Math.abs(masked - raw)).isBetween(0.005, raw * 0.1 + 0.01);
    }
    assertThat(noise.mask("0.00")).isEqualTo("0.00");
    assertThat(MaskProbe.of(MaskProbe.spec("noise", "round", -2L), INTEGER).mask("123456"))
        .matches("1[1-3]\\d\\d00");
    assertThat(MaskProbe.of(MaskSpec.of("noise"), INTEGER).mask("2147483647"))
        .matches("[12]\\d{9}");
  }

  @Test
  void aTemplateHoldsTheRowsOwnValues() {
    MaskSpec spec = MaskProbe.spec("template", "value", "hello{id}{{x}}@{note}.invalid");
    MaskProbe mask = MaskProbe.of(spec, TEXT, MaskProbe.KEY, "id", "note");
    assertThat(mask.mask("raw", "17", null)).isEqualTo("hello17{x}@.invalid");
    assertThat(MaskProbe.injective(spec, TEXT)).isTrue();
    assertThat(MaskProbe.injective(MaskProbe.spec("template", "value", "hello"), TEXT)).isFalse();
    assertThat(
            MaskProbe.injective(
                MaskProbe.spec("template", "value", "u{id}"), MaskProbe.varchar(12)))
        .isFalse();
  }

  @Test
  void passwordsCanBeCheckedByOthers() {
    MaskProbe bcrypt = MaskProbe.text("password", "value", "secret", "cost", 4L);
    String hash = bcrypt.mask("$2b$12$old");
    assertThat(hash).startsWith("$2b$04$").hasSize(60).isEqualTo(bcrypt.mask("other"));
    assertThat(BcryptFunction.getInstanceFromHash(hash).check("secret", hash)).isTrue();
    String argon = MaskProbe.text("password", "value", "secret", "algorithm", "argon2id").mask("x");
    assertThat(argon).hasSize(PasswordHash.Algorithm.ARGON2ID.length(2));
    assertThat(Argon2Function.getInstanceFromHash(argon).check("secret", argon)).isTrue();
    String django =
        MaskProbe.text("password", "value", "p", "algorithm", "pbkdf2-sha256", "cost", 1000L)
            .mask("x");
    assertThat(django).matches("pbkdf2_sha256\\$1000\\$[a-z2-7]{22}\\$[A-Za-z0-9+/]{43}=");
    assertThat(django).hasSize(PasswordHash.Algorithm.PBKDF2.length(1000));
  }

  @Test
  void realmsSeparateAndJoin() {
    MaskSpec plain = MaskSpec.of("scramble");
    MaskSpec apart = new MaskSpec("scramble", Map.of(), "a", null);
    MaskSpec joined = new MaskSpec("scramble", Map.of("keep-first", 0L), "a", null);
    String raw = "Anna Schmidt";
    assertThat(MaskProbe.of(plain, TEXT).mask(raw))
        .isNotEqualTo(MaskProbe.of(apart, TEXT).mask(raw));
    assertThat(MaskProbe.of(joined, TEXT).mask(raw)).isEqualTo(MaskProbe.of(apart, TEXT).mask(raw));
  }

  @Test
  void theRowsColumnsAreFoundByTheirPlace() {
    Mask mask =
        new TableMaskKit(MaskProbe.MASKS, MaskProbe.KEY, Locale.ENGLISH, List.of("a", "b"))
            .mask(MaskProbe.spec("template", "value", "{b}"), TEXT);
    assertThat(mask).isNotNull();
    assertThatThrownBy(
            () ->
                new TableMaskKit(MaskProbe.MASKS, MaskProbe.KEY, Locale.ENGLISH, List.of("a"))
                    .mask(MaskProbe.spec("template", "value", "{b}"), TEXT))
        .hasMessageContaining("column b");
  }

  @Test
  void thePdfPointsToItsObjects() {
    String pdf = new String(BlankPdf.bytes(), StandardCharsets.US_ASCII);
    int table = Integer.parseInt(pdf.replaceFirst("(?s).*startxref\n(\\d+).*", "$1").strip());
    assertThat(pdf.substring(table)).startsWith("xref\n0 4\n");
    for (int object = 1; object <= 3; object++) {
      String entry = pdf.substring(table).lines().toList().get(2 + object);
      assertThat(pdf.substring(Integer.parseInt(entry.substring(0, 10))))
          .startsWith(object + " 0 obj");
    }
  }
}
