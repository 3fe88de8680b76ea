package dev.decant.policy.parse;

import static dev.decant.policy.PolicyFixture.parse;
import static dev.decant.policy.PolicyFixture.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.Condition.Operator;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFixture;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PolicyParserTest {
  private static final TableName CUSTOMER = new TableName("public", "customer");
  private static final MaskSpec PERSON_EMAIL =
      MaskSpec.of("email", Map.of("domain", "staging.invalid"));

  private final Policy policy = parse(shop());

  private Policy.TableEntry table(String name) {
    return Objects.requireNonNull(policy.tables().get(new TableName("public", name)));
  }

  private ColumnRule rule(String table, String column) {
    return Objects.requireNonNull(table(table).columns().get(column)).rule();
  }

  @Test
  void settingsAreRead() {
    assertThat(policy.file()).isEqualTo("policy.yaml");
    assertThat(policy.origin().sha256()).matches("[0-9a-f]{64}");
    assertThat(policy.locale()).isEqualTo(Locale.GERMAN);
    assertThat(policy.objects().largeObjects()).isEqualTo(Policy.LargeObjects.EMPTY);
    assertThat(policy.objects().dropComments()).isTrue();
    assertThat(policy.trace())
        .isEqualTo(
            new Policy.Trace(
                8,
                Map.of(
                    "unknown@example.com",
                    "unknown@example.com",
                    PolicyFixture.SECRET,
                    "${ADMIN_EMAIL}")));
  }

  @Test
  void minimalPolicyHasTheDefaults() {
    Policy minimal = parse("version: 1\n");
    assertThat(minimal.locale()).isEqualTo(Locale.ENGLISH);
    assertThat(minimal.objects().largeObjects()).isNull();
    assertThat(minimal.objects().dropComments()).isFalse();
    assertThat(minimal.trace()).isEqualTo(new Policy.Trace(6, Map.of()));
    assertThat(minimal.tables()).isEmpty();
  }

  @Test
  void tablesHaveTheirLinesAndKeptColumns() {
    assertThat(table("customer").line()).isEqualTo(10);
    assertThat(table("customer").keep())
        .containsOnly(
            Map.entry("id", 11),
            Map.entry("created_at", 11),
            Map.entry("locale", 11),
            Map.entry("odd \"name\"", 11));
    assertThat(table("session").truncate()).isTrue();
    assertThat(table("legacy").optional()).isTrue();
    assertThat(table("Order").keep()).containsOnlyKeys("id", "at");
  }

  @Test
  void namedMasksResolveToBuiltInOnes() {
    assertThat(rule("customer", "email")).isEqualTo(ColumnRule.of(PERSON_EMAIL));
    assertThat(rule("customer", "name")).isEqualTo(ColumnRule.of(MaskSpec.of("full-name")));
  }

  @Test
  void namedMaskMayBuildOnAnotherAndChangeIt() {
    Policy two =
        parse(
            """
            version: 1
            masks:
              b: { mask: a, prefix: x, realm: other }
              a: { mask: email, domain: d.invalid, prefix: y, trace: true }
            tables:
              public.t: { columns: { c: b, d: { mask: b, domain: e.invalid } } }
            """);
    Policy.TableEntry entry =
        Objects.requireNonNull(two.tables().get(new TableName("public", "t")));
    assertThat(entry.columns())
        .containsEntry(
            "c",
            new Policy.ColumnEntry(
                6,
                ColumnRule.of(
                    new MaskSpec(
                        "email", Map.of("domain", "d.invalid", "prefix", "x"), "other", true))))
        .containsEntry(
            "d",
            new Policy.ColumnEntry(
                6,
                ColumnRule.of(
                    new MaskSpec(
                        "email", Map.of("domain", "e.invalid", "prefix", "x"), "other", true))));
  }

  @Test
  void optionsHaveTheTypesThatTheMaskAsksFor() {
    assertThat(rule("customer", "password_hash"))
        .isEqualTo(
            ColumnRule.of(MaskSpec.of("password", Map.of("algorithm", "bcrypt", "cost", 12L))));
    assertThat(rule("Order", "total"))
        .isEqualTo(ColumnRule.of(MaskSpec.of("noise", Map.of("percent", 2.5))));
    assertThat(rule("customer", "birthday"))
        .isEqualTo(
            ColumnRule.of(
                new MaskSpec("date-shift", Map.of("days", 30L, "by", "id"), null, false)));
    assertThat(rule("newsletter", "nickname"))
        .isEqualTo(ColumnRule.of(MaskSpec.of("pick", Map.of("file", List.of("Ada", "Grace")))));
    assertThat(rule("customer", "profile"))
        .isEqualTo(
            ColumnRule.of(
                MaskSpec.of(
                    "json",
                    Map.of(
                        "keep", List.of("$.theme", "$.locale"),
                        "columns", Map.of("$.email", PERSON_EMAIL),
                        "other", MaskSpec.of("scramble")))));
  }

  @Test
  void casesStandInTheirOrder() {
    assertThat(rule("customer", "phone").cases())
        .containsExactly(
            new ColumnRule.Case(
                new Condition.Compare("email", Operator.ILIKE, "%@example.com"),
                MaskSpec.of("keep")),
            new ColumnRule.Case(
                new Condition.Any(
                    List.of(
                        new Condition.In("phone", List.of("+49 30 1", PolicyFixture.SECRET)),
                        new Condition.Not(new Condition.Compare("active", Operator.EQUALS, "t")))),
                MaskSpec.of("constant", Map.of("value", "+49 30 0"))),
            new ColumnRule.Case(null, MaskSpec.of("phone")));
  }

  @Test
  void conditionsKnowAllOperators() {
    assertThat(table("Order").where())
        .isEqualTo(
            new Condition.All(
                List.of(
                    new Condition.IsNull("deleted_at", true),
                    new Condition.Compare("total", Operator.NOT_EQUALS, "0"),
                    new Condition.Compare("state", Operator.NOT_LIKE, "draft%"),
                    new Condition.Compare("note", Operator.NOT_ILIKE, "%test%"),
                    new Condition.Compare("note", Operator.MATCHES, "^[a-z]+$"),
                    new Condition.Compare("state", Operator.LIKE, "p_id"))));
  }

  @Test
  void parametersAreFilledInAndEscapesTaken() {
    assertThat(rule("newsletter", "email"))
        .isEqualTo(
            ColumnRule.of(MaskSpec.of("template", Map.of("value", "hello{id}@staging.invalid"))));
    assertThat(rule("Order", "note"))
        .isEqualTo(ColumnRule.of(MaskSpec.of("constant", Map.of("value", "costs ${1}"))));
    assertThat(policy.anchors())
        .containsExactly(
            new Policy.Anchor(
                "admin",
                48,
                CUSTOMER,
                new Condition.Compare("email", Operator.EQUALS, PolicyFixture.SECRET)));
  }

  @Test
  void stepsAndAssertionsAreRead() {
    assertThat(policy.afterLoad().sql())
        .containsExactly(
            new Policy.SqlStep(
                "sql step 1",
                50,
                "update integration set push = false, owner =  'boss@corp.example' "),
            new Policy.SqlStep(
                "cleanup.sql", 51, "delete from job;\nselect  'boss@corp.example' ;\n"));
    assertThat(policy.afterLoad().assertions())
        .containsExactly(
            new Policy.Assertion(
                "nothing pushes", 53, "select count(*) from integration where push", "0"),
            new Policy.Assertion(
                "all is masked",
                54,
                "select id from customer where email not like '%@staging.invalid'",
                null));
  }

  @Test
  void quasiIdentifiersAreRead() {
    Policy read =
        parse(
            """
            version: 1
            quasi-identifiers:
              public.user: [birth_date, '"Post code"']
            k-anonymity: { at-least: 5 }
            """);
    assertThat(read.afterLoad().reidentification())
        .isEqualTo(
            new Policy.Reidentification(
                List.of(
                    new Policy.QuasiIdentifiers(
                        new TableName("public", "user"), 3, List.of("birth_date", "Post code"))),
                5));
    assertThat(policy.afterLoad().reidentification())
        .isEqualTo(new Policy.Reidentification(List.of(), 0));
  }

  @Test
  void aliasesOfYamlMayStandWhereTheyStayFew() {
    Policy aliased =
        parse(
            """
            version: 1
            tables:
              public.a: &same { keep: [id] }
              public.b: *same
            """);
    assertThat(aliased.tables()).hasSize(2);
  }

  @Test
  void parametersDoNotPrintTheirValues() {
    assertThat(policy.parameters().toString())
        .contains("ADMIN_EMAIL")
        .doesNotContain(PolicyFixture.SECRET);
  }
}
