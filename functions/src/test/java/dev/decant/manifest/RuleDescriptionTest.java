package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleDescriptionTest {
  private static final String SECRET = "canary@example.com";
  private static final String PARAMETER = "value of a parameter";

  @Test
  void tellsMaskAndOptions() {
    assertThat(of(MaskSpec.of("email", Map.of("domain", "staging.invalid", "keep-domain", false))))
        .isEqualTo(
            new Manifest.Rule(
                "email", Map.of("domain", "staging.invalid", "keep-domain", "false"), null));
    assertThat(of(new MaskSpec("phone", Map.of("keep-prefix", 3L), "people", null)).options())
        .containsExactlyInAnyOrderEntriesOf(Map.of("keep-prefix", "3", "realm", "people"));
  }

  @Test
  void leavesValuesOut() {
    for (Object value : List.of(SECRET, List.of(SECRET), Map.of("k", SECRET), 12345678L)) {
      for (String option : List.of("value", "values")) {
        assertThat(of(MaskSpec.of("password", Map.of(option, value))).options())
            .containsExactly(Map.entry(option, "…"));
      }
    }
    assertThat(of(MaskSpec.of("own", Map.of("unknown", SECRET))).options())
        .containsExactly(Map.entry("unknown", "…"));
  }

  @Test
  void saysWhatAMaskWritesAsThePolicyWritesIt() {
    for (String mask : List.of("constant", "redact", "template", "pattern")) {
      assertThat(of(MaskSpec.of(mask, Map.of("value", "hello {id} " + PARAMETER))).options())
          .containsExactly(Map.entry("value", "hello {id} ${NAME}"));
    }
    assertThat(of(MaskSpec.of("constant", Map.of("value", 7L))).options())
        .containsExactly(Map.entry("value", "7"));
    assertThat(of(MaskSpec.of("pick", Map.of("values", List.of("gold", PARAMETER)))).options())
        .containsExactly(Map.entry("values", "gold, ${NAME}"));
    assertThat(of(MaskSpec.of("email", Map.of("domain", PARAMETER))).options())
        .containsExactly(Map.entry("domain", "${NAME}"));
  }

  @Test
  void saysOnlySomeOfManyValues() {
    List<Object> many = new ArrayList<>(Collections.nCopies(20, "a"));
    many.add("last");

    assertThat(of(MaskSpec.of("pick", Map.of("values", many))).options().get("values"))
        .endsWith("a, …")
        .doesNotContain("last");
  }

  @Test
  void leavesValuesOfMasksWithinMasksOut() {
    MaskSpec inner = MaskSpec.of("password", Map.of("value", SECRET));

    assertThat(
            of(MaskSpec.of(
                    "json",
                    Map.of(
                        "keep",
                        List.of("$.theme"),
                        "columns",
                        Map.of("$.a", inner),
                        "fields",
                        Map.of("city", MaskSpec.of("city", Map.of()), "secret", inner),
                        "from",
                        List.of("first_name", "email"),
                        "other",
                        inner)))
                .options())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "keep", "$.theme",
                "columns", "$.a: password{value=…}",
                "fields", "city: city, secret: password{value=…}",
                "from", "first_name, email",
                "other", "password{value=…}"));
  }

  @Test
  void leavesValuesOfConditionsOut() {
    Condition condition =
        new Condition.All(
            List.of(
                new Condition.Compare("email", Condition.Operator.NOT_ILIKE, SECRET),
                new Condition.Any(
                    List.of(
                        new Condition.In("a", List.of(SECRET)),
                        new Condition.Not(new Condition.IsNull("b", true)))),
                new Condition.IsNull("c", false)));

    assertThat(RuleDescription.condition(condition))
        .isEqualTo("(email not ilike … and (a in … or not (b is null)) and c is not null)");
  }

  private static Manifest.Rule of(MaskSpec mask) {
    return RuleDescription.of(ColumnRule.of(mask), text -> text.replace(PARAMETER, "${NAME}"))
        .getFirst();
  }
}
