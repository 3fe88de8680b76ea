package dev.decant.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableRule;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFixture;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QuasiIdentifierProposalTest {
  private static final TableName CUSTOMER = new TableName("public", "Customer");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Table(
                  CUSTOMER,
                  List.of(
                      column("id", TypeCategory.INTEGER),
                      column("birth_date", TypeCategory.DATE),
                      column("Postcode", TypeCategory.TEXT),
                      column("city", TypeCategory.TEXT),
                      column("email", TypeCategory.TEXT)),
                  false,
                  List.of(),
                  null,
                  List.of(),
                  null)),
          List.of(),
          List.of());

  private static Column column(String name, TypeCategory category) {
    return new Column(name, ColumnType.of("t", category), false, false, false);
  }

  private static String proposed(Map<String, ColumnRule> columns) {
    return QuasiIdentifierProposal.yaml(
        SCHEMA, Map.of(CUSTOMER, new TableRule(false, columns, null)));
  }

  @Test
  void columnsThatAreKeptInFullOrInPartAreProposedTogether() {
    String yaml =
        proposed(
            Map.of(
                "id", ColumnRule.keep(),
                "birth_date", ColumnRule.of(MaskSpec.of("date-truncate", Map.of("to", "year"))),
                "Postcode", ColumnRule.keep(),
                "city", ColumnRule.of(MaskSpec.of("city")),
                "email", ColumnRule.keep()));

    assertThat(yaml)
        .endsWith(
            """
            quasi-identifiers:
              'public."Customer"': [birth_date, Postcode]  # date of birth, postcode
            """);
    assertThat(PolicyFixture.parse("version: 1\n" + yaml).afterLoad().reidentification().tables())
        .containsExactly(
            new Policy.QuasiIdentifiers(CUSTOMER, 5, List.of("birth_date", "Postcode")));
  }

  @Test
  void oneColumnAloneAndMaskedColumnsAreNotProposed() {
    assertThat(
            proposed(
                Map.of(
                    "birth_date", ColumnRule.of(MaskSpec.of("date-shift")),
                    "Postcode", ColumnRule.of(MaskSpec.of("postcode")),
                    "city", ColumnRule.keep())))
        .isEmpty();
  }

  @Test
  void tablesWithoutRowsAreNotProposed() {
    assertThat(
            QuasiIdentifierProposal.yaml(
                SCHEMA, Map.of(CUSTOMER, new TableRule(true, Map.of(), null))))
        .isEmpty();
  }
}
