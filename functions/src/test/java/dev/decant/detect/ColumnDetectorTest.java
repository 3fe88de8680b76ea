package dev.decant.detect;

import static org.assertj.core.api.Assertions.assertThat;

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
    "0f8fad5b-d9cb-469f-a165-70867728950e"
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
