package dev.decant.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.policy.FakeMasks;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the proposal for a whole policy as the policy. */
final class ProposalTest {
  private static final String[] NAMES = {
    "id",
    "email",
    "Order",
    "a b",
    "true",
    "null",
    "\"q\"",
    "it's",
    "x:y",
    "# c",
    "- d",
    "é",
    "1",
    "tab\there",
    "line\nbreak",
    "end\n",
    "{a}",
    "[b]",
    "${P}",
    "a\"b",
    "\\",
    "%",
    "@x",
    "user_id",
    "ssn"
  };

  private static final List<TypeCategory> CATEGORIES =
      List.copyOf(EnumSet.allOf(TypeCategory.class));

  private static Policy parse(String yaml) {
    return PolicyFixture.parse("version: 1\n" + yaml);
  }

  private static String proposalWithAllMasks(Schema schema) {
    return PolicyCheck.examine(
            parse(""), schema, true, Set.of(), MaskCatalog.standard(), DdlAnswers.NONE)
        .proposal();
  }

  private static PolicyFindings examine(Policy policy, Schema schema) {
    return PolicyCheck.examine(policy, schema, true, Set.of(), new FakeMasks(), DdlAnswers.NONE);
  }

  @Test
  void noMaskIsProposedThatTheCheckWarnsOf() {
    List<Column> columns = new ArrayList<>();
    for (int length = 1; length < 4; length++) {
      for (boolean notNull : new boolean[] {true, false}) {
        String name = notNull ? "x" : "y";
        ColumnType type =
            new ColumnType("\"char\"", TypeCategory.TEXT, length, -1, -1, List.of(), null, false);
        columns.add(new Column(name + length, type, notNull, false, false));
        columns.add(new Column("region_" + name + length, type, notNull, false, false));
      }
    }
    Table table =
        new Table(new TableName("public", "t"), columns, false, List.of(), null, List.of(), null);
    Schema schema = new Schema(List.of(table), List.of(), List.of());
    String yaml = proposalWithAllMasks(schema);
    PolicyFindings found =
        PolicyCheck.examine(
            new PolicyParser(MaskCatalog.standard())
                .parse("p.yaml", PolicyFixture.utf8(yaml), PolicyFixture.FILES, Map.of()),
            schema,
            true,
            Set.of(),
            MaskCatalog.standard(),
            DdlAnswers.NONE);
    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings()).as(yaml).isEmpty();
    assertThat(yaml).doesNotContain(": keep");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsProposedFits(long seed) {
    Random random = new Random(seed);
    List<Table> tables = new ArrayList<>();
    List<UniqueKey> keys = new ArrayList<>();
    for (String table : NAMES) {
      TableName name = new TableName(random.nextBoolean() ? "public" : "My schema", table);
      List<Column> columns = new ArrayList<>();
      for (String column : NAMES) {
        TypeCategory category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
        ColumnType type = ColumnType.of("type\nof " + category, category);
        columns.add(new Column(column, type, random.nextBoolean(), random.nextInt(9) == 0, false));
      }
      tables.add(new Table(name, columns, false, List.of(), null, List.of(), null));
      Column unique = columns.get(random.nextInt(columns.size()));
      // No mask keeps a unique tsvector apart, and it may not be kept beside masked texts.
      if (unique.type().category() != TypeCategory.TSVECTOR) {
        keys.add(new UniqueKey("k", name, List.of(unique.name()), UniqueKey.Kind.UNIQUE));
      }
    }
    Schema schema = new Schema(tables, keys, List.of());
    PolicyFindings found = examine(parse(""), schema);
    assertThat(found.problems()).hasSize(tables.size());
    PolicyFindings pasted = examine(PolicyFixture.parse(found.proposal()), schema);
    assertThat(pasted.problems()).isEmpty();
    assertThat(pasted.orThrow().rules()).hasSize(tables.size());
    assertThat(found.proposal()).contains("# REVIEW: ").doesNotContain("could not mark");
  }

  @Test
  void bothEndsOfAReferenceAreProposedAlike() {
    ColumnType text = ColumnType.of("text", TypeCategory.TEXT);
    TableName user = new TableName("public", "user");
    TableName mail = new TableName("public", "mail");
    Schema schema =
        new Schema(
            List.of(
                new Table(
                    user,
                    List.of(new Column("login", text, true, false, false)),
                    false,
                    List.of(),
                    null,
                    List.of(),
                    null),
                new Table(
                    mail,
                    List.of(new Column("email", text, true, false, false)),
                    false,
                    List.of(),
                    null,
                    List.of(),
                    null)),
            List.of(new UniqueKey("k", user, List.of("login"), UniqueKey.Kind.PRIMARY_KEY)),
            List.of(new ForeignKey("f", mail, List.of("email"), user, List.of("login"))));
    assertThat(examine(parse(""), schema).proposal())
        .isEqualTo(
            """
            # Rules that decant proposed are marked REVIEW if it is not sure. Look at each of them.
            version: 1
            tables:
              public.mail:
                columns:
                  email: scramble # REVIEW: text, not null; a key that foreign keys use; both ends need the same rule
              public.user:
                columns:
                  login: scramble # REVIEW: text, not null; a key that foreign keys use; both ends need the same rule
            large-objects: empty
            """);
    assertThat(
            examine(parse("tables:\n  public.user: { columns: { login: hash } }\n"), schema)
                .proposal())
        .contains("email: hash");
  }

  @Test
  void aReferenceOfAnInheritanceChildTiesTheColumnOfItsParent() {
    TableName child = new TableName("public", "mail_2026");
    TableName user = new TableName("public", "user");
    Column email = column("email", TypeCategory.TEXT, true);
    Schema schema =
        new Schema(
            List.of(
                table("user", column("login", TypeCategory.TEXT, true)),
                table("mail", email),
                new Table(
                    child,
                    List.of(email),
                    false,
                    List.of(),
                    null,
                    List.of(new TableName("public", "mail")),
                    null)),
            List.of(new UniqueKey("k", user, List.of("login"), UniqueKey.Kind.PRIMARY_KEY)),
            List.of(new ForeignKey("f", child, List.of("email"), user, List.of("login"))));
    String proposal = examine(parse(""), schema).proposal();
    assertThat(examine(PolicyFixture.parse(proposal), schema).problems()).isEmpty();
    assertThat(proposal).contains("email: scramble", "login: scramble");
  }

  @Test
  void aColumnThatBoundsInheritanceChildrenIsKept() {
    TableName chunk = new TableName("public", "reading_1");
    TableName reading = new TableName("public", "reading");
    Column birth = column("birth_date", TypeCategory.DATE, true);
    Schema schema =
        new Schema(
            List.of(
                table("reading", birth),
                new Table(chunk, List.of(birth), false, List.of(), null, List.of(reading), null)),
            List.of(),
            List.of(),
            Map.of(
                chunk,
                Map.of(
                    "birth_date",
                    new ColumnFacts(
                        false,
                        List.of(),
                        -1,
                        List.of(
                            new ColumnFacts.Check(
                                "bounds",
                                "CHECK (birth_date >= '2024-01-01'::date)",
                                List.of("birth_date")))))));
    assertThat(examine(parse(""), schema).proposal())
        .contains("birth_date: keep # REVIEW: date, not null; a masked partition key");
  }

  private static Table table(String name, Column... columns) {
    return new Table(
        new TableName("public", name), List.of(columns), false, List.of(), null, List.of(), null);
  }

  private static Column column(String name, TypeCategory category, boolean notNull) {
    String type = category.name().toLowerCase(Locale.ROOT);
    return new Column(name, ColumnType.of(type, category), notNull, false, false);
  }

  @Test
  void keysAreKnownByConstraintsAndNotByNames() {
    TableName user = new TableName("public", "user");
    TableName mail = new TableName("public", "mail");
    Schema schema =
        new Schema(
            List.of(
                table(
                    "user",
                    column("number", TypeCategory.BIGINT, true),
                    column("tax_id", TypeCategory.INTEGER, true)),
                table(
                    "mail",
                    column("id", TypeCategory.INTEGER, true),
                    column("owner", TypeCategory.BIGINT, false),
                    column("user_id", TypeCategory.BIGINT, false))),
            List.of(
                new UniqueKey("u", user, List.of("number"), UniqueKey.Kind.PRIMARY_KEY),
                new UniqueKey("m", mail, List.of("id"), UniqueKey.Kind.PRIMARY_KEY)),
            List.of(new ForeignKey("f", mail, List.of("owner"), user, List.of("number"))),
            Map.of(user, Map.of("number", new ColumnFacts(true, List.of(), -1, List.of()))));
    String proposal = examine(parse(""), schema).proposal();
    assertThat(proposal)
        .contains(
            "public.user:\n    keep:\n    - number # bigint, not null; a surrogate key\n"
                + "    columns:\n      tax_id: id # integer, not null; by its name: VAT")
        .contains(
            "public.mail:\n    keep:\n    - id # integer, not null; a surrogate key\n    - owner #")
        .contains("user_id: id # REVIEW: bigint");
    assertThat(examine(PolicyFixture.parse(proposal), schema).problems()).isEmpty();
  }

  @Test
  void columnOfAUniqueKeyThatNoMaskServesSaysWhyItIsKept() {
    TableName birth = new TableName("public", "birth");
    Schema schema =
        new Schema(
            List.of(table("birth", column("day", TypeCategory.DATE, true))),
            List.of(new UniqueKey("k", birth, List.of("day"), UniqueKey.Kind.UNIQUE_INDEX)),
            List.of());
    assertThat(examine(parse(""), schema).proposal())
        .contains(
            "day: keep # REVIEW: date, not null; ", "kept as in production, since it is part of");
  }

  @Test
  void specialCategoriesAreMaskedAndMarked() {
    Schema schema =
        new Schema(
            List.of(
                table(
                    "person",
                    column("is_pregnant", TypeCategory.BOOLEAN, true),
                    column("hasDisability", TypeCategory.BOOLEAN, false),
                    column("religion", TypeCategory.TEXT, true),
                    column("ethnicity", TypeCategory.TEXT, false),
                    column("union_member", TypeCategory.BOOLEAN, true),
                    column("party", TypeCategory.TEXT, true),
                    column("fingerprint", TypeCategory.BYTEA, true),
                    column("active", TypeCategory.BOOLEAN, true)),
                table("diagnoses", column("code", TypeCategory.TEXT, true))),
            List.of(),
            List.of());
    String proposal = examine(parse(""), schema).proposal();
    assertThat(proposal)
        .contains("- active # boolean, not null; a flag")
        .contains(
            "is_pregnant: {mask: constant, value: false} # REVIEW: boolean, not null; special")
        .contains("hasDisability: nullify # REVIEW: boolean; special category")
        .contains("religion: redact # REVIEW: text, not null; special category")
        .contains("ethnicity: nullify # REVIEW: text; special category")
        .contains("union_member: {mask: constant, value: false} # REVIEW")
        .contains("fingerprint: empty # REVIEW: bytea, not null; special category")
        .contains("code: redact # REVIEW: text, not null; special category", "party: redact #")
        .contains("GDPR article 9), pregnancy", "GDPR article 9), trade union");
    assertThat(examine(PolicyFixture.parse(proposal), schema).problems()).isEmpty();
  }

  @Test
  void codesOfRegionsStayCodes() {
    Schema schema =
        new Schema(
            List.of(
                table(
                    "customer",
                    code("country", 2),
                    code("nationality", 3),
                    code("state", 2),
                    column("city", TypeCategory.TEXT, true))),
            List.of(),
            List.of());

    String proposal = proposalWithAllMasks(schema);

    assertThat(proposal)
        .contains("country: {mask: pick, values: [AT, BE,")
        .contains("nationality: {mask: pick, values: [AUT, BEL,")
        .contains("state: {mask: pick, values: [AL, AR, CO, MI, MO, MS, MT, PA, SC, VA]} # REVIEW")
        .contains("; its values are codes")
        .contains("city: city #");
  }

  private static Column code(String name, int length) {
    ColumnType type =
        new ColumnType(
            "character(" + length + ")", TypeCategory.TEXT, length, -1, -1, List.of(), null, false);
    return new Column(name, type, true, false, false);
  }

  @Test
  void aSearchVectorIsMadeOfTextsThatPeopleSearch() {
    Schema schema =
        new Schema(
            List.of(
                table(
                    "users",
                    column("email", TypeCategory.TEXT, true),
                    column("password_hash", TypeCategory.TEXT, true),
                    column("phone", TypeCategory.TEXT, true),
                    column("api_key", TypeCategory.TEXT, true),
                    column("religion", TypeCategory.TEXT, true),
                    column("full_name", TypeCategory.TEXT, true),
                    column("bio", TypeCategory.TEXT, true),
                    column("search", TypeCategory.TSVECTOR, false))),
            List.of(),
            List.of());

    String proposal = proposalWithAllMasks(schema);

    assertThat(proposal)
        .contains("search: {mask: search-vector, config: simple, from: [full_name, bio]}");
  }

  @Test
  void whatTheFileHasStaysWithItsComments() {
    Schema schema =
        new Schema(
            List.of(
                table(
                    "user",
                    column("email", TypeCategory.TEXT, true),
                    column("phone", TypeCategory.TEXT, true),
                    column("active", TypeCategory.BOOLEAN, true)),
                table("log", column("line", TypeCategory.TEXT, false))),
            List.of(),
            List.of());
    String policy =
        """
        # Ours
        version: 1
        parameters: [ADMIN_EMAIL]
        tables:
          # people
          'public.user': { columns: { email: [ { when: { column: email, equals: '${ADMIN_EMAIL}' }, mask: keep }, email ] } } # as agreed
        comments: drop
        """;
    String proposal = examine(PolicyFixture.parse(policy), schema).proposal();
    assertThat(proposal)
        .contains("# Ours\n", "  # people\n", "# as agreed", "'${ADMIN_EMAIL}'", "comments: drop")
        .contains("- active #", "phone: phone # text, not null", "public.log:")
        .doesNotContain(PolicyFixture.SECRET);
    PolicyFindings again = examine(PolicyFixture.parse(proposal), schema);
    assertThat(again.problems()).isEmpty();
    assertThat(
            Objects.requireNonNull(again.orThrow().rules().get(new TableName("public", "user")))
                .columns()
                .get("email"))
        .isEqualTo(
            Objects.requireNonNull(
                    Objects.requireNonNull(
                            PolicyFixture.parse(policy)
                                .tables()
                                .get(new TableName("public", "user")))
                        .columns()
                        .get("email"))
                .rule());
  }
}
