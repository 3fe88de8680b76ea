package dev.decant.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parts of a proposal that come from packs. */
final class PackProposalTest {
  private static final Schema DISCOURSE =
      new Schema(
          List.of(
              table("user_emails", "user_id", "email", "normalized_email"),
              table("site_settings", "name", "data_type", "value"),
              table("web_hooks", "payload_url", "active")),
          List.of(),
          List.of());

  private static Table table(String name, String... columns) {
    return new Table(
        new TableName("public", name),
        Arrays.stream(columns)
            .map(c -> new Column(c, ColumnType.of("text", TypeCategory.TEXT), false, false, false))
            .toList(),
        false,
        List.of(),
        null,
        List.of(),
        null);
  }

  private static String proposal(String policy) {
    MaskCatalog masks = MaskCatalog.standard();
    Policy parsed =
        new PolicyParser(masks)
            .parse(
                "policy.yaml",
                policy.getBytes(StandardCharsets.UTF_8),
                PolicyFiles.none(),
                Map.of());
    PolicyFindings findings =
        PolicyCheck.examine(parsed, DISCOURSE, true, Set.of(), masks, DdlAnswers.NONE);
    String proposal = findings.proposal();
    assertThat(findings.problems()).isNotEmpty();
    assertThat(
            PolicyCheck.examine(
                    new PolicyParser(masks)
                        .parse(
                            "policy.yaml",
                            proposal.getBytes(StandardCharsets.UTF_8),
                            PolicyFiles.none(),
                            Map.of()),
                    DISCOURSE,
                    true,
                    Set.of(),
                    masks,
                    DdlAnswers.NONE)
                .problems())
        .isEmpty();
    return proposal;
  }

  @Test
  void aNewPackBringsItsNameItsStepsAndItsAssertions() {
    assertThat(proposal("version: 1\ntables: {}\n"))
        .contains("packs:\n- discourse\ntables:\n")
        .contains("email: email # text; discourse: personal data")
        .contains("payload_url: nullify # text; discourse: outbound webhooks")
        .contains("sql:\n- 'UPDATE \"public\".\"web_hooks\" SET \"active\" = false'\n")
        .contains("SELECT 1 FROM \"public\".\"web_hooks\" WHERE \"active\"");
  }

  @Test
  void stepsAreAddedToThoseOfTheFile() {
    assertThat(
            proposal(
                """
                version: 1
                packs: [mail]
                sql: [ select 1 ]
                assertions:
                  - { name: ours, sql: select 2, equals: 2 } # agreed
                """))
        .contains("packs: [mail, discourse]")
        .contains("sql: [select 1, 'UPDATE \"public\".\"web_hooks\"")
        .contains("name: ours", "# agreed", "discourse: no webhook is active");
  }

  @Test
  void thePackOfTheFileBringsNoStepsAgain() {
    assertThat(proposal("version: 1\npacks: [discourse]\n"))
        .contains("packs: [discourse]", "email: email # text; discourse: personal data")
        .doesNotContain("sql:\n", "assertions:");
  }

  @Test
  void aPackWhoseTablesTheFileHasBringsRulesOnly() {
    assertThat(proposal("version: 1\ntables: { public.web_hooks: truncate }\n"))
        .contains("email: email # text; discourse: personal data")
        .doesNotContain("packs:", "sql:\n", "assertions:");
  }
}
