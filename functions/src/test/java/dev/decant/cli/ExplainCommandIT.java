package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final String SCHEMA =
      """
      CREATE TABLE public.users (
          id bigint PRIMARY KEY, email varchar(60), religion text, born date, note text,
          twice bigint GENERATED ALWAYS AS (id * 2) STORED);
      CREATE TABLE public.event (id bigint, email text, at timestamptz) PARTITION BY LIST (id);
      CREATE TABLE public.event_1 PARTITION OF public.event FOR VALUES IN (1);
      CREATE TABLE public.base (secret text);
      CREATE TABLE public.child (more text) INHERITS (public.base);
      CREATE TABLE public."Odd.Table" (at date, phone text, UNIQUE (absent));
      CREATE TABLE public.session (token text);
      """;

  private static final String POLICY =
      """
      version: 1
      parameters: [ADMIN]
      tables:
        public.users:
          keep: [id,
            religion]
          columns:
            email:
              - { when: { column: email, equals: '${ADMIN}' }, mask: keep }
              - email
            born: date-shift
            note: { mask: constant, value: 'ask ${ADMIN}' }
        public.event: { keep: [id, at], columns: { email: email } }
        public.base: { columns: { secret: redact } }
        public.child: { columns: { more: nullify } }
        'public."Odd.Table"': { keep: [at, phone] }
        public.session: truncate
      """;

  @TempDir static Path folder;
  private final CapturedCli cli =
      new CapturedCli(Map.of("DECANT_KEY", KEY, "DECANT_PARAM_ADMIN", "boss@shop.de"));
  private String schema = "";
  private String policy = "";

  @BeforeEach
  void files() throws IOException {
    schema = Files.writeString(folder.resolve("schema.sql"), SCHEMA).toString();
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
  }

  @Test
  void columnsThatConsistOfPartsHaveExamples() throws IOException {
    Files.writeString(
        Path.of(schema),
        """
        CREATE TYPE public.contact AS (full_name text, email text, since date);
        CREATE TABLE public.people (who public.contact, emails text[], born daterange);
        """);
    Files.writeString(
        Path.of(policy),
        """
        version: 1
        tables:
          public.people:
            columns:
              who: { mask: composite, fields: { full_name: full-name, email: email, since: keep } }
              emails: email
              born: date-shift
        """);
    assertThat(explain("people.who", schema)).isZero();
    assertThat(cli.out())
        .containsPattern("\\(\"Erika Mustermann\",erika.mustermann@example.com,1980-05-06\\)")
        .containsPattern("\\(\"?[^(),]+\"?,[^,]+@example.invalid,1980-05-06\\)");
    assertThat(explain("people.emails", schema)).isZero();
    assertThat(cli.out()).contains("{erika.mustermann@example.com,Max@Example.org}");
    assertThat(explain("people.born", schema)).isZero();
    assertThat(cli.out()).contains("[1980-05-06,)");
  }

  @Test
  void aTableWithoutASchemaIsFoundInAnySchema() throws IOException {
    Files.writeString(
        Path.of(schema),
        """
        CREATE SCHEMA shop;
        CREATE TABLE shop."order" (email text);
        CREATE TABLE shop.item (email text);
        CREATE TABLE public.item (email text);
        """);
    Files.writeString(
        Path.of(policy),
        """
        version: 1
        tables:
          shop.order: { columns: { email: email } }
          shop.item: { columns: { email: email } }
          public.item: { columns: { email: email } }
        """);
    for (List<String> source : List.of(List.<String>of(), List.of(schema))) {
      assertThat(explain(source, "order.email")).as(cli.err()).isZero();
      assertThat(cli.out()).startsWith("shop.order.email\n");
      assertThat(explain(source, "item.email")).isEqualTo(2);
      assertThat(cli.err())
          .contains("The name item stands for several tables: public.item, shop.item. Write");
      assertThat(explain(source, "shop.item.email")).isZero();
      assertThat(explain(source, "none.email")).isEqualTo(2);
    }
  }

  private int explain(List<String> source, String column) {
    List<String> arguments = new ArrayList<>(List.of(column));
    arguments.addAll(source);
    return explain(arguments.toArray(String[]::new));
  }

  @Test
  void surrogateKeysAreHarmlessAndOtherNumbersAreNot() throws IOException {
    Files.writeString(
        Path.of(schema),
        """
        CREATE TABLE public.supplier (supplier_id smallint PRIMARY KEY, other_id integer);
        CREATE TABLE public.product (product_id integer PRIMARY KEY,
            supplier_id integer REFERENCES public.supplier (supplier_id));
        CREATE TABLE public.taxpayer (tax_id integer PRIMARY KEY);
        """);
    Files.writeString(
        Path.of(policy),
        """
        version: 1
        tables:
          public.supplier: { keep: [supplier_id, other_id] }
          public.product: { keep: [product_id, supplier_id] }
          public.taxpayer: { keep: [tax_id] }
        """);
    assertThat(explain(schema)).isZero();
    assertThat(cli.out().lines().skip(1).findFirst().orElseThrow())
        .startsWith("public.taxpayer.tax_id ")
        .doesNotContain("harmless");
    assertThat(cli.out())
        .containsPattern("public.supplier.other_id +unknown ")
        .containsPattern("public.supplier.supplier_id +harmless .* a surrogate key")
        .containsPattern("public.product.product_id +harmless .* a surrogate key")
        .containsPattern("public.product.supplier_id +harmless .* it refers to a surrogate key");
  }

  @Test
  void theRuleOfAColumnIsShownWithItsCasesAndItsLine() {
    assertThat(explain("users.email")).isZero();
    assertThat(cli.out())
        .startsWith("public.users.email\n\nThe column has a rule under columns of public.users.")
        .contains(
            "The rule has 2 cases.",
            "The rule is at " + policy + ":8:\n    email:\n      - { when:",
            "'${ADMIN}'",
            "Case 1, if its condition holds: keep\n  It hides: Nothing.\n",
            "Case 2, otherwise: email\n  It hides: The address",
            "  erika.mustermann@example.com  ",
            "@example.invalid")
        .doesNotContain("boss@shop.de", "temporary key");
  }

  @Test
  void theKeepListIsNamedAtTheLineOfItsItem() {
    explain("public.users.religion");
    assertThat(cli.out())
        .contains("The column is in the keep list of public.users.", policy + ":6:");
  }

  @Test
  void noParameterIsFilledIn() throws IOException {
    explain("users.note", schema, "--json");
    assertThat(cli.out()).doesNotContain("boss@shop.de").contains("ask parameter@example.com");
  }

  @Test
  void valuesHaveTheTypeOfTheColumn() throws IOException {
    explain("users.born", schema, "--json");
    assertThat(json().path("type").textValue()).isEqualTo("date");
    assertThat(json().at("/cases/0/examples"))
        .isNotEmpty()
        .allMatch(e -> e.path("masked").textValue().matches("\\d{4}-\\d{2}-\\d{2}"))
        .noneMatch(e -> e.path("masked").equals(e.path("value")));
    assertThat(json().at("/cases/0/hides").textValue()).isEqualTo("The exact date.");
  }

  @Test
  void aPartitionAndAChildGetTheRulesOfTheirParents() {
    explain("event_1.email", schema);
    explain("child.secret", schema);
    assertThat(cli.out())
        .contains("public.event_1 is a partition of public.event, whose rules serve it.")
        .contains("public.child inherits the column from public.base. The column has a rule")
        .contains("[redacted]");
  }

  @Test
  void columnsWithoutARuleOfTheirOwnAreExplainedToo() {
    explain("users.twice", schema);
    explain("session.token", schema);
    assertThat(cli.out())
        .contains("PostgreSQL computes", "is truncate, so none of its rows are published");
  }

  @Test
  void aThrowAwayKeyIsMadeIfNoneIsGiven() {
    CapturedCli without = new CapturedCli();
    assertThat(without.run("explain", "users.born", "--policy=" + policy)).isZero();
    assertThat(without.out()).contains("decant used a temporary key for these examples");
  }

  @Test
  void theKeptColumnsAreListedMostSensitiveFirst() throws IOException {
    assertThat(explain(schema, "--json")).isZero();
    List<String> kept = new ArrayList<>();
    json()
        .path("kept")
        .forEach(
            each ->
                kept.add(
                    each.path("sensitivity").textValue()
                        + " "
                        + each.path("table").textValue()
                        + " "
                        + each.path("column").textValue()
                        + (each.path("sometimes").booleanValue() ? " sometimes" : "")));
    assertThat(kept)
        .startsWith(
            "special public.users religion",
            "personal public.\"Odd.Table\" phone",
            "personal public.users email sometimes")
        .contains("harmless public.event at")
        .noneMatch(line -> line.contains("event_1") || line.contains("session"));
  }

  @Test
  void anUnknownColumnIsAnErrorThatNamesANearOne() {
    assertThat(explain("users.emial")).isEqualTo(2);
    assertThat(explain("user.email")).isEqualTo(2);
    assertThat(explain("users")).isEqualTo(2);
    assertThat(explain("public.\"Odd.Table\".phone")).isZero();
    assertThat(cli.err())
        .contains("public.users has no column emial. Write email.")
        .contains("The policy has no entry for public.user.", "Write public.users.")
        .contains("users is neither a file nor the name of a column.");
  }

  private int explain(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", "--policy", policy));
    all.addAll(List.of(arguments));
    return cli.run(all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(cli.out());
  }
}
