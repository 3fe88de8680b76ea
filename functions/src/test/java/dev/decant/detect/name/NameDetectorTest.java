package dev.decant.detect.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.Verdict;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameDetectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users|email|text|EMAIL",
        "users|userEMail|text|EMAIL",
        "users|normalized_email|text|EMAIL",
        "users|email_lower|text|EMAIL",
        "users|unconfirmed_email|text|EMAIL",
        "users|EMAIL_ADDRESS_2|text|EMAIL",
        "users|mails|text|EMAIL",
        "users|ibans|text|IBAN",
        "kunden|e_mail_adresse|text|EMAIL",
        "orders|email_id|text|EMAIL",
        "users|dob|date|BIRTH_DATE",
        "users|dateofbirth|date|BIRTH_DATE",
        "kunde|geb_datum|date|BIRTH_DATE",
        "kunde|plz|integer|POSTCODE",
        "kunde|tel_nr|text|PHONE",
        "kunde|Handynummer|text|PHONE",
        "clients|numero_telephone|text|PHONE",
        "kunde|Straße|text|STREET",
        "kunde|lieferadresse|text|ADDRESS",
        "osoby|nazwisko|text|LAST_NAME",
        "osoby|pesel|bigint|NATIONAL_ID",
        "pessoas|cpf|text|NATIONAL_ID",
        "users|tax_id|integer|VAT_ID",
        "users|national_id|bigint|NATIONAL_ID",
        "users|is_pregnant|boolean|PREGNANCY",
        "users|religion|enum|RELIGION",
        "users|name|text|FULL_NAME",
        "companies|name|text|COMPANY",
        "users|password_hash|text|PASSWORD",
        "api_clients|api_key|text|SECRET",
        "visits|last_sign_in_ip|inet|IP",
        "comments|body_html|text|FREE_TEXT",
        "users|salary|numeric|FINANCE",
        "users|tags|text[]|",
        "users|phones|text[]|PHONE",
        "users|backup_codes|integer[]|SECRET",
      })
  void personalDataIsFound(String table, String column, String type, String category) {
    Verdict verdict = verdict(table, column, type);
    if (category == null) {
      assertThat(verdict).isNotInstanceOf(Verdict.Personal.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Personal.class,
              personal -> assertThat(personal.category()).hasToString(category));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users|created_at|timestamp",
        "users|last_update|timestamp",
        "users|email_verified_at|timestamp",
        "users|email_count|integer",
        "users|phone_confirmed|boolean",
        "users|is_admin|boolean",
        "users|sign_in_count|integer",
        "users|lock_version|integer",
        "orders|status|text",
        "orders|currency_code|text",
        "orders|state|enum",
        "users|locale|text",
        "comments|commentable_type|text",
        "films|rental_duration|smallint",
      })
  void technicalColumnsAreHarmless(String table, String column, String type) {
    assertThat(verdict(table, column, type)).isInstanceOf(Verdict.Harmless.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "products|name|text",
        "films|title|text",
        "films|genre|text",
        "orders|shipped_on|date",
        "products|amount|numeric",
        "things|email_id|bigint",
        "things|tokens_response|integer",
        "things|settings|json",
      })
  void whatTheNameDoesNotShowIsUnknown(String table, String column, String type) {
    assertThat(verdict(table, column, type)).isInstanceOf(Verdict.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auftragkopf|LIEFNAME LIEFSTR LIEFPLZ LIEFORT|LIEFSTR|STREET",
        "auftragkopf|RENAME1 RESTRASSE REORT REPLZ|REORT|CITY",
        "cabecera|nomcli dircli telcli correocli|telcli|PHONE",
        "posts|id user_id title body|title|FREE_TEXT",
        "employees|first_name last_name title|title|JOB",
        "companies|legal_name vat_id|legal_name|COMPANY",
        "clients|legal_name birth_date|legal_name|FULL_NAME",
        "animals|chip_no owner_nm owner_mob|owner_nm|FULL_NAME",
        "animals|chip_no owner_nm owner_mob|owner_mob|PHONE",
        "travel_card|card_uid holder_fn holder_ln|holder_fn|FULL_NAME",
        "orders|ship_to|ship_to|ADDRESS",
        "visits|ip_address country_code|country_code|REGION",
        "business_partner|name value email|name|COMPANY",
        "padron|lugar_nacim nombre|lugar_nacim|ADDRESS",
        "einwohner|staatsang famname|staatsang|REGION",
        "leases|tenant_1 tenant_2|tenant_2|FULL_NAME",
        "kyc|applicant_ref|applicant_ref|CUSTOMER_NUMBER",
      })
  void neighboursDecideAboutAName(String table, String columns, String column, String category) {
    assertThat(verdict(table, List.of(columns.split(" ", -1)), column))
        .isInstanceOfSatisfying(
            Verdict.Personal.class,
            personal -> assertThat(personal.category()).hasToString(category));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "person|party_id first_name last_name|party_id|POLITICAL_OPINION",
        "preview_cards|url title|title|JOB",
        "tariffs|max_age price|max_age|AGE",
        "calls|id dur_sec|dur_sec|BIRTH_DATE",
        "candidate|email best_time_to_call|best_time_to_call|EMAIL",
      })
  void neighboursShowThatATermHasAnotherMeaning(
      String table, String columns, String column, String category) {
    Verdict verdict = verdict(table, List.of(columns.split(" ", -1)), column);
    assertThat(verdict instanceof Verdict.Personal p ? p.category().name() : "")
        .isNotEqualTo(category);
  }

  private static Verdict verdict(String table, List<String> columns, String column) {
    NameDetector detector = NameDetector.of(table(table, columns.stream().map(c -> text(c))));
    return detector.verdict(text(column));
  }

  private static Column text(String name) {
    return new Column(name, type("text"), false, false, false);
  }

  static Verdict verdict(String table, String column, String type) {
    Column one = new Column(column, type(type), false, false, false);
    return NameDetector.of(table(table, Stream.of(one))).verdict(one);
  }

  private static Table table(String name, Stream<Column> columns) {
    return new Table(
        new TableName("public", name), columns.toList(), false, List.of(), null, List.of(), null);
  }

  private static ColumnType type(String name) {
    if (name.endsWith("[]")) {
      var element = new ColumnType.Parts.Element(type(name.substring(0, name.length() - 2)));
      return new ColumnType(name, TypeCategory.ARRAY, -1, -1, -1, List.of(), element, false);
    }
    return Arrays.stream(TypeCategory.values())
        .filter(category -> category.name().equalsIgnoreCase(name))
        .findFirst()
        .map(category -> ColumnType.of(name, category))
        .orElseThrow();
  }
}
