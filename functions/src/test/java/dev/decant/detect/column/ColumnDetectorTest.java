package dev.decant.detect.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnDetectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max.muster@example.com|EMAIL",
        "+49 30 901820|PHONE",
        "(212) 555-0123|PHONE",
        "DE89 3704 0044 0532 0130 00|IBAN",
        "4111 1111 1111 1111|CREDIT_CARD",
        "192.0.2.17|IP",
        "2001:db8::8a2e:370:7334|IP",
        "00:1B:44:11:3A:B7|MAC",
        "https://example.com/reset?token=a8f5f167f44f4964e6c998dee827110c|URL",
        "https://www.linkedin.com/in/somebody|URL",
        "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW|PASSWORD",
        "pbkdf2_sha256$600000$abc$def=|PASSWORD",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA|PASSWORD",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc|SECRET",
        "ghp_0123456789abcdefABCDEF0123456789abcd|SECRET",
        "Mozilla/5.0 (X11; Linux x86_64)|USER_AGENT",
        "52998224725|NATIONAL_ID",
        "RSSMRA85T10A562S|NATIONAL_ID",
        "078-05-1120|NATIONAL_ID",
        "DE123456789|VAT_ID",
        "Hauptstraße 17|STREET",
        "221B Baker Street|STREET",
        "Anna Schmidt|FULL_NAME",
        "Please call me back tomorrow after six, I am at home with the children|FREE_TEXT",
        "9aQk3fLz81YtRw7pXc2VbN0mHs5u|SECRET",
        "SW1A 1AA|POSTCODE",
        "1012 AB|POSTCODE",
        "00-950|POSTCODE",
        "Małgorzata Nowak|FULL_NAME",
        "Françoise|FIRST_NAME",
        "Svensson|LAST_NAME",
        "Yılmaz|LAST_NAME",
        "Rajesh Kumar|FULL_NAME",
        "Oluwaseun Adeyemi|FULL_NAME",
        "Kowalska, Anna|FULL_NAME",
        "john smith|FULL_NAME",
        "JOHN SMITH|FULL_NAME",
        "Anna <anna@example.com>|EMAIL",
        "a@example.com; b@example.org|EMAIL",
        "Customer anna@example.com called|EMAIL",
        "note: {\"mail\":\"anna@example.com\"}|EMAIL",
        "192.168.1.10:443|IP",
        "49.716818,11.721091|COORDINATES",
        "@anna_w|USERNAME",
        "B-AB 1234|VEHICLE",
        "C/ Sol 3, 2ºB|STREET",
        "Corso Italia 5/b|STREET",
        "pl. Wolności 1|STREET",
        "Travessa do Carmo 3|STREET",
        "06 12 34 56 78|PHONE",
        "612 345 678|PHONE",
        "15.063.980-8|NATIONAL_ID",
        "080454-0292|NATIONAL_ID",
        "HEGG560427MVZRRL04|NATIONAL_ID",
      })
  void valuesShowWhatTheNameHides(String value, String category) {
    assertThat(verdict("things", "x1", i -> value))
        .isInstanceOfSatisfying(
            Verdict.Personal.class, p -> assertThat(p.category()).hasToString(category));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-31",
    "12:30:00",
    "open",
    "Blue T-shirt",
    "1234567",
    "A-100-22",
    "3.14.15",
    "de_DE",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "/tmp/upload_8f3a2b1c/file01.tmp",
    "uploads/2024/05/IMG_20240511_123456.jpg",
    "assets/js/main-8f3a2b1c9d.js",
    "org.example.service.UserService2",
    "ORD-2024-000123",
    "an",
    "de"
  })
  void ordinaryValuesAreNotPersonal(String value) {
    assertThat(verdict("things", "x1", i -> value)).isNotInstanceOf(Verdict.Personal.class);
  }

  @Test
  void fewValuesThatRepeatAreAState() {
    assertThat(verdict("things", "x1", i -> "state" + i % 4))
        .isEqualTo(
            new Verdict.Harmless("a state or a kind: 4 different values in a sample of 500"));
  }

  @Test
  void daysThatLieYearsBackAreDatesOfBirth() {
    assertThat(verdict("things", "x1", "DATE", i -> 1950 + i % 40 + "-03-1" + i % 10))
        .isEqualTo(
            new Verdict.Personal(
                Category.BIRTH_DATE, false, "date of birth: 100.0 % of 500 values"));
    assertThat(verdict("things", "x1", "TIMESTAMP", i -> 1960 + i % 40 + "-03-11 00:00:00"))
        .isInstanceOf(Verdict.Personal.class);
  }

  @Test
  void daysOfBirthAreFoundInTexts() {
    IntFunction<String> german = i -> (10 + i % 18) + ".03." + (1950 + i % 40);
    IntFunction<String> compact = i -> 1950 + i % 40 + "03" + (10 + i % 18);
    assertThat(verdict("things", "x1", german))
        .extracting("category")
        .isEqualTo(Category.BIRTH_DATE);
    assertThat(verdict("things", "x1", compact))
        .extracting("category")
        .isEqualTo(Category.BIRTH_DATE);
  }

  @Test
  void namesOfManyCulturesAreFoundByTheirForm() {
    String vietnamese = "Quang Vinh,Bich Ngoc,Gia Huy,Khanh Vy,Bao Chau,Tuong Vi,Nhat Minh,Ha My";
    String russian = "Пётр,Иван,Ольга,Дарья,Игорь,Юлия,Роман,Вера";
    IntFunction<String> latin = i -> vietnamese.split(",", -1)[i % 8] + " " + name("Khac", i);
    IntFunction<String> cyrillic = i -> russian.split(",", -1)[i % 8] + " " + name("Белый", i);
    IntFunction<String> chinese = i -> "王" + (char) ('\u4e00' + i);
    assertThat(List.of(latin, cyrillic, chinese))
        .allSatisfy(
            values ->
                assertThat(verdict("things", "x1", values))
                    .extracting("category")
                    .isEqualTo(Category.FULL_NAME));
  }

  private static String name(String begin, int i) {
    return begin + (char) ('a' + i % 26) + (char) ('a' + i / 26);
  }

  @Test
  void aColumnOfTwoCharactersHoldsOnlyACode() {
    ColumnType two =
        new ColumnType("char(2)", TypeCategory.TEXT, 2, -1, -1, List.of(), null, false);
    Column cc = new Column("card_no", two, false, false, false);
    TableName name = new TableName("public", "members");
    Table table = new Table(name, List.of(cc), false, List.of(), null, List.of(), null);
    assertThat(ColumnDetector.of(table).verdict(cc, null)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void oneDayAndRecentDaysAreNoDatesOfBirth() {
    assertThat(verdict("things", "x1", "DATE", i -> "1970-01-01"))
        .isInstanceOf(Verdict.Unknown.class);
    assertThat(verdict("things", "x1", "DATE", i -> "2024-01-" + (10 + i % 20)))
        .isInstanceOf(Verdict.Unknown.class);
    assertThat(verdict("things", "created_at", "TIMESTAMP", i -> 1980 + i % 20 + "-01-01 00:00:00"))
        .isInstanceOf(Verdict.Harmless.class);
  }

  @Test
  void phoneNumbersInColumnsOfNumbersAreFound() {
    assertThat(verdict("things", "x1", "BIGINT", i -> "4930" + (9000000 + 7919L * i)))
        .isEqualTo(
            new Verdict.Personal(Category.PHONE, false, "phone number: 100.0 % of 500 values"));
    assertThat(verdict("things", "x1", "BIGINT", i -> "" + (1700000000L + 977L * i)))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void unsureTextThatRepeatsIsAState() {
    assertThat(verdict("users", "x1", i -> "state" + i % 4)).isInstanceOf(Verdict.Harmless.class);
  }

  @Test
  void columnOfStatesWithOneAddressIsNotHarmless() {
    for (String name : List.of("state", "x1")) {
      for (String value : List.of("anna@example.com", "+49 151 2345678", "+1-212-555-0147")) {
        assertThat(verdict("ticket", name, i -> i == 7 ? value : "state" + i % 4))
            .isInstanceOf(Verdict.Unknown.class);
      }
    }
  }

  @Test
  void aHarmlessNameDoesNotHidePersonalValues() {
    assertThat(verdict("orders", "status", i -> "person" + i + "@example.com"))
        .isEqualTo(
            new Verdict.Personal(Category.EMAIL, true, "e-mail address: 100.0 % of 500 values"));
  }

  @Test
  void noReasonQuotesAValue() {
    Verdict verdict = verdict("orders", "x1", i -> "canary" + i + "@example.com");
    assertThat(verdict.reason()).doesNotContain("canary");
  }

  @Test
  void aSpecialCategoryStaysOneWhateverTheValues() {
    assertThat(verdict("users", "religion", i -> "max@example.com"))
        .isInstanceOfSatisfying(
            Verdict.Personal.class, p -> assertThat(p.category()).isEqualTo(Category.RELIGION));
  }

  private static Verdict verdict(String table, String name, IntFunction<String> values) {
    return verdict(table, name, "TEXT", values);
  }

  private static Verdict verdict(
      String table, String name, String type, IntFunction<String> values) {
    ColumnType of = ColumnType.of(type, TypeCategory.valueOf(type));
    Column column = new Column(name, of, false, false, false);
    ColumnProfile profile = new ColumnProfile(new SampleMemory());
    for (int i = 0; i < 500; i++) {
      profile.add(values.apply(i));
    }
    TableName tableName = new TableName("public", table);
    Table rows = new Table(tableName, List.of(column), false, List.of(), null, List.of(), null);
    return ColumnDetector.of(rows).verdict(column, profile);
  }
}
