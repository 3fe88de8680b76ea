package dev.decant.policy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.Condition.Operator;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.FakeMasks;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.PolicyFixture;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks policies against small schemas. The methods at the end build them. */
final class PolicyCheckTest {
  private static final ColumnType TEXT = ColumnType.of("text", TypeCategory.TEXT);
  private static final ColumnType INT = ColumnType.of("integer", TypeCategory.INTEGER);
  private static final ColumnType NUMERIC = ColumnType.of("numeric", TypeCategory.NUMERIC);

  private final List<Table> tables = new ArrayList<>();
  private final List<UniqueKey> uniqueKeys = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();

  // Rules for every column

  @Test
  void policyThatFitsGivesARuleForEveryColumn() {
    table("user", column("id", INT), column("email", TEXT));
    CheckedPolicy checked =
        check("public.user: { keep: [id], columns: { email: email } }").orThrow();
    assertThat(Objects.requireNonNull(checked.rules().get(name("user"))).columns())
        .isEqualTo(Map.of("id", ColumnRule.keep(), "email", ColumnRule.of(MaskSpec.of("email"))));
    assertThat(checked.truncated()).isEmpty();
    assertThat(checked.absent()).isEmpty();
  }

  @Test
  void tableWithoutRuleIsNamedWithAProposal() {
    table("user", column("id", INT), notNull("email", TEXT));
    PolicyFindings found = check("{}");
    assertThatThrownBy(found::orThrow)
        .isInstanceOf(DecantException.class)
        .hasMessage(
            """
            The policy has a problem:
            policy.yaml: table public.user: The table has no rule. Write an entry for it under tables.
            This is a proposal for the whole policy. Save it as policy.yaml and review each line that is marked REVIEW:
            # Rules that decant proposed are marked REVIEW if it is not sure. Look at each of them.
            version: 1
            tables:
              public.user:
                columns:
                  id: id # REVIEW: integer; a number whose meaning the name does not show
                  email: email # text, not null; by its name: e-mail address
            large-objects: empty
            """);
  }

  @Test
  void proposalWithoutKeysSaysHowToGetABetterOne() {
    table("user", column("id", INT));
    PolicyFindings found =
        PolicyCheck.examine(
            policy("{}"), schema(), false, Set.of(), new FakeMasks(), DdlAnswers.NONE);
    assertThatThrownBy(found::orThrow)
        .hasMessageContainingAll("come after its rows", "pg_dump --schema-only -f FILE");
  }

  @Test
  void columnWithoutRuleIsNamedWithAProposal() {
    table("user", column("id", INT), column("email", TEXT), column("note", TEXT));
    PolicyFindings found = check("public.user: { keep: [id] }");
    assertThat(messages(found))
        .containsExactly(
            "policy.yaml:3: table public.user, column email: The column has no rule. Write it into"
                + " keep or columns.",
            "policy.yaml:3: table public.user, column note: The column has no rule. Write it into"
                + " keep or columns.");
    assertThat(found.proposal())
        .isEqualTo(
            """
            # Rules that decant proposed are marked REVIEW if it is not sure. Look at each of them.
            version: 1
            tables:
              public.user:
                keep: [id]
                columns:
                  email: email # text; by its name: e-mail address
                  note: text # text; by its name: free text
            large-objects: empty
            """);
  }

  @Test
  void ruleForWhatIsNotThereNamesTheNearest() {
    table("user", column("id", INT), column("email", TEXT));
    assertThat(
            messages(
                check(
                    "public.users: truncate",
                    "public.user: { keep: [id, idd], columns: { email: email, emial: email } }",
                    "public.zebra: truncate")))
        .containsExactly(
            "policy.yaml:3: table public.users: The database does not have this table. Write"
                + " public.user, remove the entry, or write optional: true into it.",
            "policy.yaml:4: table public.user, column idd: The table does not have this column."
                + " Write id, or remove it.",
            "policy.yaml:4: table public.user, column emial: The table does not have this column."
                + " Write email, or remove it.",
            "policy.yaml:5: table public.zebra: The database does not have this table. Remove the"
                + " entry, or write optional: true into it.");
  }

  @Test
  void optionalTableMayBeAbsent() {
    CheckedPolicy checked = check("public.old: { optional: true, keep: [id] }").orThrow();
    assertThat(checked.absent()).containsExactly(name("old"));
    assertThat(checked.rules()).isEmpty();
  }

  @Test
  void truncatedTableNeedsNoRulesOfColumns() {
    table("session", column("data", TEXT));
    CheckedPolicy checked = check("public.session: truncate").orThrow();
    assertThat(checked.truncated()).containsExactly(name("session"));
    assertThat(Objects.requireNonNull(checked.rules().get(name("session"))).truncate()).isTrue();
  }

  @Test
  void generatedColumnNeedsNoRuleAndTakesNone() {
    table("user", column("id", INT), new Column("lower", TEXT, false, true, false));
    assertThat(messages(check("public.user: { keep: [id] }"))).isEmpty();
    assertThat(messages(check("public.user: { keep: [id], columns: { lower: email } }")))
        .containsExactly(
            "policy.yaml:3: table public.user, column lower: The column is generated, so PostgreSQL"
                + " computes it from the masked columns. Remove its rule.");
  }

  @Test
  void tableOfAnExtensionNeedsARuleWhereRowsCome() {
    TableName job = new TableName("cron", "job");
    tables.add(
        new Table(
            job, List.of(column("command", TEXT)), false, List.of(), null, List.of(), "pg_cron"));
    assertThat(check("{}").problems()).isEmpty();
    assertThat(messages(examine(policy("{}"), Set.of(job))))
        .containsExactly(
            "policy.yaml: table cron.job: The table has no rule. Write an entry for it under"
                + " tables.");
    assertThat(check("cron.job: truncate").orThrow().truncated()).containsExactly(job);
  }

  @Test
  void rowsOfATableThatTheSchemaLacksAreAProblem() {
    assertThat(messages(examine(policy("{}"), Set.of(name("ghost")))))
        .containsExactly(
            "policy.yaml: table public.ghost: The table has rows, but the dump does not create it."
                + " Dump its definition too. If an extension brings the table, dump CREATE"
                + " EXTENSION.");
  }

  // Partitions and inheritance

  @Test
  void partitionsHaveTheRulesOfThePartitionedTable() {
    partitioned();
    CheckedPolicy checked =
        check("public.event: { keep: [at], columns: { email: email } }").orThrow();
    assertThat(checked.rules()).containsOnlyKeys(name("event"), name("event_1"), name("event_1_a"));
    assertThat(checked.rules().get(name("event_1_a")))
        .isEqualTo(checked.rules().get(name("event")));
  }

  @Test
  void entryForAPartitionPointsToThePartitionedTable() {
    partitioned();
    assertThat(
            messages(
                check(
                    "public.event: { keep: [at], columns: { email: email } }",
                    "public.event_1_a: truncate")))
        .containsExactly(
            "policy.yaml:4: table public.event_1_a: The table is a partition of public.event, whose"
                + " rules serve it. Remove this entry.");
  }

  @Test
  void aPartitionKeyMayBeMasked() {
    partitioned();
    assertThat(messages(check("public.event: { columns: { at: email, email: email } }"))).isEmpty();
  }

  @Test
  void inheritedColumnsHaveTheRulesOfTheParent() {
    table("person", column("id", INT), column("email", TEXT));
    child(
        "employee",
        List.of("person"),
        column("id", INT),
        column("email", TEXT),
        column("pay", INT));
    assertThat(messages(check("public.person: { keep: [id], columns: { email: email } }")))
        .containsExactly(
            "policy.yaml:3: table public.employee, column pay: The column has no rule. Write it"
                + " into keep or columns.");
    CheckedPolicy checked =
        check(
                "public.person: { keep: [id], columns: { email: email }, rows: { where: { column:"
                    + " id, equals: '07' } } }",
                "public.employee: { columns: { pay: noise } }")
            .orThrow();
    assertThat(Objects.requireNonNull(checked.rules().get(name("employee"))).columns())
        .containsOnlyKeys("id", "email", "pay")
        .containsEntry("email", ColumnRule.of(MaskSpec.of("email")));
    assertThat(Objects.requireNonNull(checked.rules().get(name("employee"))).where())
        .isEqualTo(new Condition.Compare("id", Operator.EQUALS, "7"));
  }

  @Test
  void childOfATruncatedParentIsTruncated() {
    table("person", column("id", INT));
    child("employee", List.of("person"), column("id", INT), column("pay", INT));
    assertThat(check("public.person: truncate").orThrow().truncated())
        .containsExactlyInAnyOrder(name("person"), name("employee"));
  }

  @Test
  void parentsThatDifferLeaveTheChoiceToTheChild() {
    table("a", column("x", TEXT));
    table("b", column("x", TEXT));
    child("c", List.of("a", "b"), column("x", TEXT));
    String[] parents = {
      "public.a: { columns: { x: email } }", "public.b: { columns: { x: hash } }"
    };
    assertThat(messages(check(parents)))
        .containsExactly(
            "policy.yaml:3: table public.c, column x: The parents of the table have different rules"
                + " for this column. Write a rule for it here.");
    assertThat(messages(check(parents[0], parents[1], "public.c: { keep: [x] }"))).isEmpty();
  }

  @Test
  void missingParentIsReportedOnce() {
    table("person", column("id", INT));
    child("employee", List.of("person"), column("id", INT));
    assertThat(messages(check("{}")))
        .containsExactly(
            "policy.yaml: table public.person: The table has no rule. Write an entry for it under"
                + " tables.");
  }

  // Masks and conditions

  @Test
  void maskThatDoesNotServeTheTypeIsRefused() {
    table("user", column("age", INT), notNull("name", TEXT));
    assertThat(messages(check("public.user: { columns: { age: email, name: nullify } }")))
        .containsExactly(
            "policy.yaml:3: table public.user, column age: The mask email does not serve columns of"
                + " type integer. Write one of constant, id, keep, noise, nullify.",
            "policy.yaml:3: table public.user, column name: The mask nullify cannot serve a NOT"
                + " NULL column. Write another mask, for example empty or constant.");
  }

  @Test
  void refusalDoesNotShowTheValueOfAParameter() {
    table("user", column("name", TEXT));
    String secret = "s3cret-".repeat(8);
    Policy policy =
        new PolicyParser(new FakeMasks())
            .parse(
                "policy.yaml",
                PolicyFixture.utf8(
                    "version: 1\n"
                        + "parameters: [P]\n"
                        + "tables:\n"
                        + "  public.user: { columns: { name: { mask: redact, value: '${P}' } }"
                        + " }\n"),
                PolicyFiles.none(),
                Map.of("P", secret));
    assertThat(messages(examine(policy, Set.of())))
        .containsExactly(
            "policy.yaml:4: table public.user, column name: The mask redact cannot serve the column"
                + " with the value of a parameter. Give another value, or write another mask.");
  }

  @Test
  void columnsThatConditionsAndOptionsNameMustExist() {
    table(
        "user",
        column("id", INT),
        column("name", TEXT),
        new Column("g", TEXT, false, true, false),
        column("born", ColumnType.of("date", TypeCategory.DATE)));
    assertThat(
            messages(
                check(
                    "public.user:",
                    "  keep: [id]",
                    "  rows: { where: { not: { column: idd, equals: 1 } } }",
                    "  columns:",
                    "    name: [{ when: { column: g, is-null: true }, mask: keep }, { mask:"
                        + " template, value: '{id}{name}{nmae}' }]",
                    "    born: { mask: date-shift, by: di }")))
        .containsExactly(
            "policy.yaml:3: table public.user: The condition reads the column idd, which"
                + " public.user does not have. Write id.",
            "policy.yaml:7: table public.user, column name: The condition reads the column g, which"
                + " is generated and not in the rows. Write the columns that it is computed from.",
            "policy.yaml:7: table public.user, column name: The template reads the column name,"
                + " which is masked. Write a column that is in keep, or put name into keep.",
            "policy.yaml:7: table public.user, column name: The option value names the column nmae,"
                + " which public.user does not have. Write name.",
            "policy.yaml:8: table public.user, column born: The option by names the column di,"
                + " which public.user does not have. Write id.");
  }

  @Test
  void conditionsCompareAsTheTypeDoes() {
    table(
        "t",
        column("b", ColumnType.of("boolean", TypeCategory.BOOLEAN)),
        column("i", INT),
        column("u", ColumnType.of("uuid", TypeCategory.UUID)),
        column("n", NUMERIC),
        column(
            "c",
            new ColumnType("character(3)", TypeCategory.TEXT, 3, -1, -1, List.of(), null, false)),
        column("x", ColumnType.of("public.citext", TypeCategory.TEXT)));
    CheckedPolicy checked =
        check(
                "public.t:",
                "  keep: [b, i, u, n, c, x]",
                "  rows:",
                "    where:",
                "      all:",
                "        - { column: b, equals: 'yes' }",
                "        - { column: i, in: ['007', 8] }",
                "        - { column: u, equals: '00000000-0000-0000-0000-00000000000A' }",
                "        - { column: n, equals: 5.50 }",
                "        - { column: n, not-equals: 100 }",
                "        - { column: c, equals: x }",
                "        - { column: x, in: ['a_b'] }",
                "        - { column: x, like: 'a%' }")
            .orThrow();
    assertThat(Objects.requireNonNull(checked.rules().get(name("t"))).where())
        .isEqualTo(
            new Condition.All(
                List.of(
                    new Condition.Compare("b", Operator.EQUALS, "t"),
                    new Condition.In("i", List.of("7", "8")),
                    new Condition.Compare(
                        "u", Operator.EQUALS, "00000000-0000-0000-0000-00000000000a"),
                    new Condition.Compare("n", Operator.MATCHES, "^5\\.50*$"),
                    new Condition.Not(
                        new Condition.Compare("n", Operator.MATCHES, "^100(\\.0*)?$")),
                    new Condition.Compare("c", Operator.EQUALS, "x  "),
                    new Condition.Any(List.of(new Condition.Compare("x", Operator.ILIKE, "a\\_b"))),
                    new Condition.Compare("x", Operator.ILIKE, "a%"))));
  }

  @Test
  void valueOfAnotherTypeInAConditionIsAProblem() {
    table("t", column("b", ColumnType.of("boolean", TypeCategory.BOOLEAN)), column("i", INT));
    assertThat(
            messages(
                check(
                    "public.t: { keep: [b, i], rows: { where: { any: [ { column: b, equals: maybe"
                        + " }, { column: i, equals: one } ] } } }")))
        .containsExactly(
            "policy.yaml:3: table public.t: The condition compares the column b with a text that is"
                + " not a value of the type boolean. Write a value of this type.",
            "policy.yaml:3: table public.t: The condition compares the column i with a text that is"
                + " not a value of the type integer. Write a value of this type.");
  }

  // Unique keys

  @Test
  void uniqueColumnNeedsAMaskThatKeepsValuesApart() {
    table("user", notNull("id", INT), notNull("email", TEXT));
    unique("user_email_key", UniqueKey.Kind.UNIQUE, "user", "email");
    assertThat(messages(check("public.user: { keep: [id], columns: { email: redact } }")))
        .containsExactly(
            "policy.yaml:3: table public.user, column email: The column is part of the UNIQUE"
                + " constraint user_email_key, but redact can give two rows the same value. Write"
                + " email, hash, phone, scramble or keep.");
    assertThat(messages(check("public.user: { keep: [id], columns: { email: email } }"))).isEmpty();
  }

  @Test
  void uniqueDocumentNeedsItsHash() {
    ColumnType jsonb = ColumnType.of("jsonb", TypeCategory.JSON);
    table("user", notNull("id", INT), notNull("doc", jsonb));
    unique("user_doc_key", UniqueKey.Kind.UNIQUE, "user", "doc");
    MaskCatalog masks = MaskCatalog.standard();
    Policy policy =
        new PolicyParser(masks)
            .parse(
                "policy.yaml",
                PolicyFixture.utf8(
                    """
                    version: 1
                    tables:
                      public.user: { keep: [id], columns: { doc: json } }
                    """),
                PolicyFixture.FILES,
                PolicyFixture.VALUES);
    PolicyFindings found =
        PolicyCheck.examine(policy, schema(), true, Set.of(), masks, DdlAnswers.NONE);
    assertThat(found.problems())
        .singleElement()
        .extracting(problem -> problem.in(found.file()))
        .asString()
        .endsWith("the same value. Write { mask: json, unique: true } or keep.");
  }

  @Test
  void casesOfAUniqueColumnMustNotMeet() {
    table("user", notNull("id", INT), column("email", TEXT));
    unique("user_email_key", UniqueKey.Kind.UNIQUE_INDEX, "user", "email");
    String when = "{ when: { column: id, equals: 1 }, mask: ";
    assertThat(
            messages(
                check(
                    "public.user: { keep: [id], columns: { email: ["
                        + when
                        + "keep }, email] } }")))
        .isEmpty();
    assertThat(
            messages(
                check(
                    "public.user: { keep: [id], columns: { email: ["
                        + when
                        + "keep }, scramble] } }")))
        .containsExactly(
            "policy.yaml:3: table public.user, column email: The column is part of the unique index"
                + " user_email_key, but its cases (keep, scramble) can give two rows the same"
                + " value. Write one mask for all rows, or only one mask beside email, uuid or"
                + " hash.");
  }

  @Test
  void nullIsHarmlessInAUniqueConstraintAndNotInAPrimaryKey() {
    table("user", column("a", TEXT), column("b", TEXT));
    unique("k", UniqueKey.Kind.UNIQUE, "user", "a", "b");
    String policy = "public.user: { columns: { a: nullify, b: redact } }";
    assertThat(messages(check(policy))).isEmpty();
    uniqueKeys.clear();
    unique("k", UniqueKey.Kind.UNIQUE_INDEX, "user", "a", "b");
    assertThat(messages(check(policy))).hasSize(2);
    uniqueKeys.clear();
    unique("k", UniqueKey.Kind.PRIMARY_KEY, "user", "a", "b");
    assertThat(messages(check(policy)))
        .first()
        .asString()
        .startsWith(
            "policy.yaml:3: table public.user, column a: The column is part of the primary key k,"
                + " but nullify");
  }

  @Test
  void nullIsNotHarmlessWhereNullsAreEqual() {
    table("user", column("a", TEXT));
    List<String> a = List.of("a");
    for (UniqueKey.Kind kind : List.of(UniqueKey.Kind.UNIQUE, UniqueKey.Kind.UNIQUE_INDEX)) {
      uniqueKeys.clear();
      uniqueKeys.add(new UniqueKey("k", name("user"), a, kind, a, true));
      assertThat(messages(check("public.user: { columns: { a: nullify } }"))).hasSize(1);
      uniqueKeys.clear();
      uniqueKeys.add(new UniqueKey("k", name("user"), a, kind, a, false));
      assertThat(messages(check("public.user: { columns: { a: nullify } }"))).isEmpty();
    }
  }

  @Test
  void aColumnBesideThePrimaryKeyInAKeyMayRepeat() {
    table("user", notNull("id", INT), column("a", TEXT));
    unique("k", UniqueKey.Kind.UNIQUE_INDEX, "user", "a", "id");
    String policy = "public.user: { keep: [id], columns: { a: redact } }";
    assertThat(messages(check(policy))).hasSize(1);
    unique("user_pkey", UniqueKey.Kind.PRIMARY_KEY, "user", "id");
    assertThat(messages(check(policy))).isEmpty();
    uniqueKeys.removeFirst();
    List<String> columns = List.of("a", "id");
    uniqueKeys.add(
        new UniqueKey(
            "partial", name("user"), columns, UniqueKey.Kind.UNIQUE_INDEX, List.of("a"), false));
    assertThat(messages(check(policy))).hasSize(1);
  }

  @Test
  void everyMaskedColumnOfAKeyKeepsValuesApart() {
    table("user", column("a", TEXT), column("b", TEXT));
    unique("k", UniqueKey.Kind.PRIMARY_KEY, "user", "a", "b");
    assertThat(messages(check("public.user: { keep: [a], columns: { b: redact } }"))).hasSize(1);
    assertThat(messages(check("public.user: { keep: [a], columns: { b: scramble } }"))).isEmpty();
  }

  @Test
  void templateKeepsValuesApartWhereItReadsAKey() {
    table("user", notNull("id", INT), notNull("group", INT), column("email", TEXT));
    unique("user_pkey", UniqueKey.Kind.PRIMARY_KEY, "user", "id");
    unique("user_email_key", UniqueKey.Kind.UNIQUE, "user", "email");
    String policy =
        "public.user: { keep: [id, group], columns: { email: { mask: template, value: '%s@x' } } }";
    assertThat(messages(check(policy.formatted("{id}")))).isEmpty();
    assertThat(messages(check(policy.formatted("{{group}}{id}")))).isEmpty();
    assertThat(messages(check(policy.formatted("{group}")))).hasSize(1);
    assertThat(messages(check(policy.formatted("{group}{id}")))).hasSize(1);
  }

  @Test
  void keysAreNotLookedAtUntilTheyAreKnown() {
    table("user", column("email", TEXT));
    unique("k", UniqueKey.Kind.UNIQUE, "user", "email");
    PolicyFindings found =
        PolicyCheck.examine(
            policy("public.user: { columns: { email: redact } }"),
            schema(),
            false,
            Set.of(),
            new FakeMasks(),
            DdlAnswers.NONE);
    assertThat(found.problems()).isEmpty();
  }

  // Foreign keys

  @Test
  void bothEndsOfAForeignKeyHaveTheSameRule() {
    references();
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: email } }")))
        .isEmpty();
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: scramble } }")))
        .containsExactly(
            "policy.yaml:4: table public.mail, column to: The column refers to public.user.email,"
                + " but its rule is scramble and the rule there is email. Write the same mask,"
                + " options and realm for both, or keep both.");
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: { mask: email, realm: x } } }")))
        .hasSize(1);
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: { mask: email, trace: false } } }")))
        .isEmpty();
  }

  @Test
  void referenceMayBecomeNull() {
    references();
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: nullify } }")))
        .isEmpty();
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: email } }",
                    "public.mail: { columns: { to: [{ when: { column: to, like: a }, mask: nullify"
                        + " }, email] } }")))
        .isEmpty();
  }

  @Test
  void casesAreTheSameOnlyWhereTheyReadTheReferenceItself() {
    references();
    String cases = "[{ when: { column: %s, like: 'a%%' }, mask: keep }, email]";
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: " + cases.formatted("email") + " } }",
                    "public.mail: { columns: { to: " + cases.formatted("to") + " } }")))
        .isEmpty();
    tables.clear();
    table("user", column("email", TEXT), column("x", TEXT));
    table("mail", column("to", TEXT), column("x", TEXT));
    assertThat(
            messages(
                check(
                    "public.user: { keep: [x], columns: { email: " + cases.formatted("x") + " } }",
                    "public.mail: { keep: [x], columns: { to: " + cases.formatted("x") + " } }")))
        .hasSize(1);
  }

  @Test
  void maskedEndsOfAForeignKeyHaveTheSameType() {
    table("user", column("email", INT));
    table("mail", column("to", ColumnType.of("bigint", TypeCategory.BIGINT)));
    foreignKeys.add(
        new ForeignKey("f", name("mail"), List.of("to"), name("user"), List.of("email")));
    assertThat(messages(check("public.user: { keep: [email] }", "public.mail: { keep: [to] }")))
        .isEmpty();
    assertThat(
            messages(
                check(
                    "public.user: { columns: { email: id } }",
                    "public.mail: { columns: { to: id } }")))
        .containsExactly(
            "policy.yaml:4: table public.mail, column to: The column refers to public.user.email,"
                + " but its type is bigint and the type there is integer, for which a mask gives"
                + " different values. Keep both.");
  }

  @Test
  void truncatedTableIsNotReferredTo() {
    references();
    assertThat(messages(check("public.user: truncate", "public.mail: { columns: { to: email } }")))
        .containsExactly(
            "policy.yaml:3: table public.user: The table is truncated, but rows of public.mail"
                + " refer to its rows (to). Truncate that table too, nullify the column there, or"
                + " keep the rows here.");
    assertThat(
            messages(check("public.user: truncate", "public.mail: { columns: { to: nullify } }")))
        .isEmpty();
    assertThat(messages(check("public.user: truncate", "public.mail: truncate"))).isEmpty();
  }

  // Anchors

  @Test
  void anchorNeedsATableItsColumnsAndAPrimaryKey() {
    table("user", notNull("id", INT), column("email", TEXT));
    table("log", column("line", TEXT));
    table("gone", column("id", INT));
    unique("user_pkey", UniqueKey.Kind.PRIMARY_KEY, "user", "id");
    String yaml =
        """
        version: 1
        tables:
          public.user: { keep: [id], columns: { email: email } }
          public.log: { columns: { line: text } }
          public.gone: truncate
        anchors:
          good: { table: public.user, where: { column: id, equals: '01' } }
          a: { table: public.usr, where: { column: id, equals: 1 } }
          b: { table: public.user, where: { column: emial, equals: 1 } }
          c: { table: public.log, where: { column: line, equals: 1 } }
          d: { table: public.gone, where: { column: id, equals: 1 } }
        """;
    assertThat(messages(examine(PolicyFixture.parse(yaml), Set.of())))
        .containsExactly(
            "policy.yaml:8: table public.usr: The anchor a is in a table that the database does not"
                + " have. Write public.user.",
            "policy.yaml:9: table public.user: The condition reads the column emial, which"
                + " public.user does not have. Write email.",
            "policy.yaml:10: table public.log: The anchor c is in a table without a primary key, so"
                + " decant cannot find its row again. Write another table.",
            "policy.yaml:11: table public.gone: The anchor d is in a table that is truncated."
                + " Remove the anchor, or write rules for the columns of the table.",
            "policy.yaml:11: table public.gone: The anchor d is in a table without a primary key,"
                + " so decant cannot find its row again. Write another table.");
    String good = yaml.substring(0, yaml.indexOf("  a:"));
    assertThat(examine(PolicyFixture.parse(good), Set.of()).orThrow().anchors())
        .containsExactly(
            new CheckedPolicy.Anchor(
                "good",
                name("user"),
                new Condition.Compare("id", Operator.EQUALS, "1"),
                List.of("id")));
  }

  @Test
  void aPatternOfFewTextsIsAWarning() {
    table("t", column("short", TEXT), column("long", TEXT));
    MaskCatalog masks = MaskCatalog.standard();
    Policy policy =
        new PolicyParser(masks)
            .parse(
                "policy.yaml",
                PolicyFixture.utf8(
                    """
                    version: 1
                    tables:
                      public.t:
                        columns:
                          short: { mask: pattern, value: A99 }
                          long: { mask: pattern, value: AA9999 }
                    """),
                PolicyFixture.FILES,
                PolicyFixture.VALUES);
    PolicyFindings found =
        PolicyCheck.examine(policy, schema(), true, Set.of(), masks, DdlAnswers.NONE);
    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings().stream().map(w -> w.in(found.file())))
        .containsExactly(
            "policy.yaml:5: table public.t, column short: The pattern has only 2600 texts. The mask"
                + " pattern replaces each of them by another one, so the frequency of a masked"
                + " value gives away the raw value. Write constant, nullify or pick.");
  }

  @Test
  void substitutionOfFewValuesIsAWarning() {
    ColumnType flag =
        new ColumnType("character(1)", TypeCategory.TEXT, 1, -1, -1, List.of(), null, false);
    table(
        "t",
        column("flag", flag),
        column("kept", flag),
        column("gender", TEXT),
        column("code", TEXT),
        column("note", TEXT));
    Schema schema =
        new Schema(
            tables,
            uniqueKeys,
            foreignKeys,
            Map.of(
                name("t"),
                Map.of(
                    "gender", new ColumnFacts(false, List.of("m", "f"), -1, List.of()),
                    "code", new ColumnFacts(false, List.of(), 2, List.of()))));
    Policy policy =
        policy(
            "public.t: { keep: [kept], columns: { flag: scramble, gender: scramble,",
            "  code: [ { when: { column: kept, equals: a }, mask: keep }, phone ], note: scramble }"
                + " }");
    PolicyFindings found =
        PolicyCheck.examine(policy, schema, true, Set.of(), new FakeMasks(), DdlAnswers.NONE);
    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings().stream().map(w -> w.in(found.file())))
        .containsExactlyInAnyOrder(
            "policy.yaml:3: table public.t, column flag: The type character(1) has few values. The"
                + " mask scramble replaces each of them by another one, so the frequency of a"
                + " masked value gives away the raw value. Write constant, nullify or pick.",
            "policy.yaml:3: table public.t, column gender: The CHECK of the column allows only 2"
                + " values. The mask scramble replaces each of them by another one, so the"
                + " frequency of a masked value gives away the raw value. Write constant, nullify"
                + " or pick.",
            "policy.yaml:4: table public.t, column code: The CHECK of the column allows at most 2"
                + " characters, so few values. The mask phone replaces each of them by another one,"
                + " so the frequency of a masked value gives away the raw value. Write constant,"
                + " nullify or pick.");
    assertThat(found.orThrow().warnings()).isEqualTo(found.warnings());
  }

  // Building blocks

  private static TableName name(String table) {
    return new TableName("public", table);
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, false, false, false);
  }

  private static Column notNull(String name, ColumnType type) {
    return new Column(name, type, true, false, false);
  }

  @Test
  void quasiIdentifiersNameColumnsWhoseRowsCanBeCounted() {
    table("user", column("id", INT), column("gender", TEXT));
    table("session", column("id", INT));
    partitioned();
    String tablesOfPolicy =
        """
        version: 1
        tables:
          public.user: { keep: [id, gender] }
          public.session: truncate
          public.event: { keep: [at, email] }
          public.legacy: { optional: true, keep: [id] }
        """;
    PolicyFindings found =
        examine(
            PolicyFixture.parse(
                tablesOfPolicy
                    + """
                    quasi-identifiers:
                      public.user: [id, gendre]
                      public.usr: [id]
                      public.session: [id]
                      public.event_1_a: [at]
                      public.legacy: [anything]
                    """),
            Set.of());
    assertThat(messages(found))
        .containsExactly(
            "policy.yaml:8: table public.user, column gendre: The table does not have this column"
                + " of the quasi-identifiers. Write gender.",
            "policy.yaml:9: table public.usr: The quasi-identifiers are of a table that the"
                + " database does not have. Write public.user.",
            "policy.yaml:10: table public.session: The quasi-identifiers are of a table that is"
                + " truncated, so it has no rows. Remove them.",
            "policy.yaml:11: table public.event_1_a: The quasi-identifiers are of a partition."
                + " Write the partitioned table public.event.");
    assertThat(
            examine(
                    PolicyFixture.parse(
                        tablesOfPolicy + "quasi-identifiers: { public.event: [at, email] }\n"),
                    Set.of())
                .problems())
        .isEmpty();
  }

  @Test
  void hiddenQuasiIdentifiersAreAWarning() {
    table("user", column("city", TEXT), column("email", TEXT));
    PolicyFindings found =
        examine(
            PolicyFixture.parse(
                """
                version: 1
                tables:
                  public.user: { keep: [city], columns: { email: email } }
                quasi-identifiers:
                  public.user: [city, email]
                """),
            Set.of());
    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings().stream().map(p -> p.in(found.file())))
        .containsExactly(
            "policy.yaml:5: table public.user, column email: The mask hides the values of this"
                + " column but keeps them apart, so the groups of its quasi-identifiers look"
                + " smaller than they are for a reader. Remove the column from quasi-identifiers,"
                + " or coarsen it.");
  }

  private void table(String table, Column... columns) {
    child(table, List.of(), columns);
  }

  private void child(String table, List<String> parents, Column... columns) {
    tables.add(
        new Table(
            name(table),
            Arrays.asList(columns),
            false,
            List.of(),
            null,
            parents.stream().map(PolicyCheckTest::name).toList(),
            null));
  }

  private void partitioned() {
    List<Column> columns = List.of(column("at", TEXT), column("email", TEXT));
    tables.add(new Table(name("event"), columns, true, List.of("at"), null, List.of(), null));
    tables.add(
        new Table(name("event_1"), columns, true, List.of(), name("event"), List.of(), null));
    tables.add(
        new Table(name("event_1_a"), columns, false, List.of(), name("event_1"), List.of(), null));
  }

  private void unique(String key, UniqueKey.Kind kind, String table, String... columns) {
    uniqueKeys.add(new UniqueKey(key, name(table), List.of(columns), kind));
  }

  private void references() {
    table("user", column("email", TEXT));
    table("mail", column("to", TEXT));
    foreignKeys.add(
        new ForeignKey(
            "mail_to_fkey", name("mail"), List.of("to"), name("user"), List.of("email")));
  }

  private Schema schema() {
    return new Schema(tables, uniqueKeys, foreignKeys);
  }

  /** Puts the lines under {@code tables:}, so that the first of them is line 3. */
  private static Policy policy(String... lines) {
    String entries = String.join("\n  ", lines);
    return PolicyFixture.parse("version: 1\ntables:\n  " + entries + "\n");
  }

  private PolicyFindings check(String... lines) {
    return examine(policy(lines), Set.of());
  }

  private PolicyFindings examine(Policy policy, Set<TableName> copied) {
    return PolicyCheck.examine(policy, schema(), true, copied, new FakeMasks(), DdlAnswers.NONE);
  }

  private static List<String> messages(PolicyFindings found) {
    return found.problems().stream().map(p -> p.in(found.file())).toList();
  }
}
