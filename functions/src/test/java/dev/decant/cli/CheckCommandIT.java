package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports and exit codes of {@code decant check}, with an embedded scratch server. */
final class CheckCommandIT {
  private static final String STRUCTURE =
      """
      SET statement_timeout = 0;
      CREATE TABLE public.users (
          id bigint NOT NULL PRIMARY KEY,
          email character varying(80),
          age integer
      );
      CREATE TABLE public.notes (
          id bigint,
          body text
      );
      SET client_min_messages = warning;
      """;

  private static final String FITTING =
      """
      version: 1
      parameters: [ADMIN]
      tables:
        public.users:
          keep: [id]
          columns:
            email:
              - { when: { column: email, equals: '${ADMIN}' }, mask: keep }
              - email
            age: noise
        public.notes:
          keep: [id]
          columns: { body: text }
      """;

  @TempDir static Path folder;
  private final CapturedCli cli = new CapturedCli(Map.of("GITHUB_WORKSPACE", folder.toString()));
  private Path structure = Path.of("");
  private Path policy = Path.of("");

  @BeforeEach
  void files() throws IOException {
    structure = Files.writeString(folder.resolve("structure.sql"), STRUCTURE);
    policy = Files.writeString(folder.resolve("policy.yaml"), FITTING);
  }

  @Test
  void aPolicyThatFitsNeedsNeitherKeyNorParameters() {
    assertThat(check()).isZero();
    assertThat(cli.out())
        .isEqualTo(policy + " fits " + structure + ". Compared 2 tables with 5 columns.\n");
  }

  @Test
  void whatIsMissingStaleOrUnfitIsReportedWithAProposal() throws IOException {
    policy(
        FITTING
            .replace("            age: noise\n", "            age: email\n            gone: text\n")
            .replace("age: noise", "age: email\n      gone: text")
            .replace("  public.notes:\n    keep: [id]\n    columns: { body: text }\n", ""));
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out())
        .contains(
            "  %s:11: table public.users, column gone: The table does not have this column."
                .formatted(policy),
            "  %s:10: table public.users, column age: The mask email does not serve"
                .formatted(policy),
            "  %s:7: table public.notes: The table has no rule.".formatted(structure),
            "(1 missing rule, 1 stale rule, 1 rule that does not fit). Compared 2 tables",
            "`decant init SOURCE --update %s` adds the missing rules.".formatted(policy),
            "This is a proposal for the whole policy, in which the rules that do not fit are"
                + " unchanged.",
            "\n  public.notes:\n    columns:\n");
    assertThat(cli.err()).doesNotContain("decant: ");
  }

  @Test
  void theProposalCanBeUsedAsItIs() throws IOException {
    policy("version: 1\ntables: {}\n");
    assertThat(check()).isEqualTo(10);
    policy(cli.out().substring(cli.out().indexOf("version: 1")));
    assertThat(new CapturedCli().run("check", structure.toString(), "--policy=" + policy)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProposalHasNoRulesForWhatDoesNotExist(boolean missing) throws IOException {
    String stale =
        FITTING
            .replace("keep: [id]\n    columns: {", "keep: [id, lost]\n    columns: { gone: text,")
            .replace("tables:\n", "tables: # all tables\n  public.removed: truncate # why\n");
    policy(missing ? stale.replace("      age: noise\n", "") : stale);
    assertThat(check("--json")).isEqualTo(10);
    String proposal = json().path("proposal").textValue();
    assertThat(proposal)
        .doesNotContain("lost", "gone", "removed")
        .contains("# all tables", "age: noise", "equals: '${ADMIN}'");
    policy(proposal);
    assertThat(new CapturedCli().run("check", structure.toString(), "--policy=" + policy)).isZero();
  }

  @Test
  void theProposalHasNoRulesForObjectsThatDoNotExist() throws IOException {
    policy(
        FITTING
            + """
            ddl:
              # it was dropped
              FUNCTION public.gone: drop
              public.users: keep
            """);
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out()).contains("The source has no object FUNCTION public.gone.");
    String proposal = cli.out().substring(cli.out().indexOf("version: 1"));
    assertThat(proposal).doesNotContain("gone").contains("public.users: keep");
    policy(proposal);
    assertThat(check()).as(cli.out()).isZero();
  }

  @Test
  void annotationsNameFilesOfTheWorkspace() throws IOException {
    Files.writeString(structure, STRUCTURE + "CREATE TABLE public.\"50%, a:b\" (x text);\n");
    policy(FITTING.replace("      age: noise\n", ""));
    assertThat(check("--format", "github")).isEqualTo(10);
    assertThat(cli.out().lines())
        .contains(
            "::error file=policy.yaml,line=4,title=decant%3A missing-rule::table public.users,"
                + " column age: The column has no rule. Write it into keep or columns.",
            "::error file=structure.sql,line=12,title=decant%3A missing-rule::table"
                + " public.\"50%25, a:b\": The table has no rule. Write an entry for it under"
                + " tables.",
            "::endgroup::");
    assertThat(cli.out().lines().filter(line -> line.startsWith("::")))
        .allMatch(line -> line.matches("::(error |warning |notice|group|endgroup).*"));
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    policy(FITTING.replace("      age: noise\n", ""));
    assertThat(check("--json")).isEqualTo(10);
    JsonNode document = json();
    assertThat(document.path("passed").booleanValue()).isFalse();
    assertThat(document.path("counts").path("missing-rule").intValue()).isEqualTo(1);
    assertThat(document.path("counts").path("columns").intValue()).isEqualTo(5);
    JsonNode finding = document.path("findings").path(0);
    assertThat(finding.path("kind").textValue()).isEqualTo("missing-rule");
    assertThat(finding.path("line").intValue()).isEqualTo(4);
    assertThat(finding.path("sourceLine").intValue()).isEqualTo(5);
    assertThat(finding.path("column").textValue()).isEqualTo("age");
    assertThat(document.path("proposal").textValue()).contains("age: noise");
  }

  @Test
  void sarifIsValid() throws IOException {
    policy(FITTING.replace("      age: noise\n", "").replace("body: text", "body: date-shift"));
    assertThat(check("--sarif")).isEqualTo(10);
    assertThat(sarifErrors(cli.out())).isEmpty();
    JsonNode run = json().path("runs").path(0);
    assertThat(run.path("results")).hasSize(2);
    JsonNode result = run.path("results").path(0);
    assertThat(result.path("ruleId").textValue()).isEqualTo("missing-rule");
    assertThat(run.at("/tool/driver/rules").path(result.path("ruleIndex").intValue()).path("id"))
        .isEqualTo(result.path("ruleId"));
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").intValue()).isEqualTo(4);
    assertThat(result.at("/locations/0/logicalLocations/0/fullyQualifiedName").textValue())
        .isEqualTo("public.users.age");
    assertThat(sarifErrors(cli.out().replace("\"2.1.0\"", "\"2.0.0\""))).isNotEmpty();
  }

  @Test
  void aTableThatCannotBeCreatedIsComparedByItsNames() throws IOException {
    Files.writeString(
        structure,
        "CREATE EXTENSION postgis;\n"
            + STRUCTURE
            + "CREATE TABLE public.places (\n  id bigint,\n  at public.geometry(Point,4326),\n"
            + "  owner text\n)\nINHERITS (public.no_such_table);\n");
    policy(FITTING + "  public.places: { keep: [id, old], columns: { at: empty } }\n");
    assertThat(check("--json")).isEqualTo(10);
    assertThat(json().path("findings"))
        .extracting(f -> f.path("kind").textValue(), f -> f.path("column").textValue())
        .containsExactly(
            tuple("stale-rule", "old"),
            tuple("missing-rule", "owner"),
            tuple("unverified-table", null));
    assertThat(json().path("notCreated"))
        .extracting(each -> each.path("object").textValue())
        .containsExactly("EXTENSION postgis", "type public.geometry", "TABLE public.places");

    policy(FITTING + "  public.places: { keep: [id], columns: { at: empty, owner: text } }\n");
    CapturedCli again = new CapturedCli();
    assertThat(again.run("check", structure.toString(), "--policy=" + policy)).isZero();
    assertThat(again.out())
        .contains("Warnings:", "compared only the names of its columns", "EXTENSION postgis")
        .doesNotContain("does not have this table");
  }

  @Test
  void aColumnOfATypeThatTheServerLacksIsCheckedLikeOthers() throws IOException {
    Files.writeString(
        structure, STRUCTURE + "CREATE TABLE public.places (id bigint, at public.geometry);\n");
    policy(FITTING + "  public.places: { keep: [id], columns: { at: { mask: point } } }\n");
    assertThat(check()).isZero();
    assertThat(cli.out()).contains("type public.geometry");

    policy(FITTING + "  public.places: { keep: [id], columns: { at: email } }\n");
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out()).contains("public.geometry");
  }

  @Test
  void aTableThatCannotBeCreatedNeedsAnEntry() throws IOException {
    Files.writeString(
        structure, STRUCTURE + "CREATE TABLE public.places (at date, UNIQUE (by));\n");
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out()).contains(structure + ":12: table public.places: The table has no rule.");
  }

  @Test
  void aChangeThatCannotBeRunFailsTheCheck() throws IOException {
    Files.writeString(
        structure, STRUCTURE + "ALTER TABLE users ADD COLUMN place text REFERENCES places;\n");
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out()).contains("line 12, which concerns TABLE public.users", "--scratch");
  }

  @Test
  void aPolicyThatIsNotValidIsReportedInEveryForm() throws IOException {
    policy("version: 1\ntables:\n  public.users: { keeep: [id] }\nlocale: 7x\n");
    assertThat(check("--format=github")).isEqualTo(10);
    assertThat(cli.out().lines().filter(line -> line.startsWith("::error file=policy.yaml,line=")))
        .hasSize(2);
    assertThat(cli.out()).contains("is not valid (2 mistakes). The schema was not compared.");
  }

  @Test
  void anInvalidPolicyIsReportedWhateverTheSourceIs() throws IOException {
    policy("version: 1\ntables: 7\n");
    assertThat(cli.run("check", folder + "/no.sql", "--policy=" + policy)).isEqualTo(10);
    assertThat(cli.out()).contains("is not valid (1 mistake)");
  }

  @Test
  void aMaskThatAConstraintRefusesIsReportedBesideOtherFindings() throws IOException {
    Files.writeString(
        structure,
        """
        CREATE DOMAIN slug AS text CONSTRAINT slug_check CHECK (VALUE ~ '^[a-z0-9-]+$');
        CREATE TABLE pages (
            id bigint PRIMARY KEY,
            s slug,
            code text CONSTRAINT code_format CHECK (code ~ '^[A-Z]{2}-[0-9]{4}$'),
            author text CHECK (author <> ''),
            wrong integer CHECK (wrong > 0),
            added text
        );
        CREATE TABLE drafts (title slug) INHERITS (pages);
        """);
    policy(
        """
        version: 1
        tables:
          public.pages:
            keep: [id]
            columns: { s: username, code: email, author: full-name, wrong: email }
          public.drafts: { columns: { title: scramble } }
        """);
    assertThat(check()).isEqualTo(10);
    assertThat(cli.out())
        .contains(
            policy + ":5: table public.pages, column s: The mask username gives values that the",
            "constraint slug_check refuses. Write scramble",
            policy + ":5: table public.pages, column code: The mask email gives values that the",
            "constraint code_format refuses. Write scramble",
            policy + ":5: table public.pages, column wrong: The mask email does not serve",
            "column added: The column has no rule.")
        .doesNotContain("column author", "column title");
  }

  @Test
  void aLiveDatabaseIsCheckedWithoutShowingItsPassword() throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE public.users (id bigint PRIMARY KEY, email text, age int)");
      policy("version: 1\ntables:\n  public.users: { keep: [id], columns: { age: noise } }\n");

      assertThat(cli.run("check", database.url(), "--policy=" + policy)).isEqualTo(10);
      assertThat(cli.out())
          .contains(policy + ":3: table public.users, column email: The column has no rule.")
          .contains(policy + " does not fit the database " + database.name())
          .doesNotContain("postgresql://");
    }
  }

  @Test
  void aMissingPolicyAndAMissingSourceAreOtherErrors() {
    assertThat(cli.run("check", structure.toString(), "--policy=" + folder + "/no.yaml"))
        .isEqualTo(2);
    assertThat(cli.run("check", folder + "/no.sql", "--policy=" + policy)).isEqualTo(11);
    assertThat(cli.run("check", structure.toString(), "--policy=" + policy, "--json", "--sarif"))
        .isEqualTo(2);
  }

  private void policy(String text) throws IOException {
    Files.writeString(policy, text);
  }

  private int check(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("check", structure.toString(), "--policy", policy.toString()));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(cli.out());
  }

  private static List<String> sarifErrors(String document) throws IOException {
    try (InputStream schema =
        CheckCommandIT.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      String text =
          new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
      Schema read =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(text, InputFormat.JSON);
      return read.validate(document, InputFormat.JSON).stream().map(String::valueOf).toList();
    }
  }
}
