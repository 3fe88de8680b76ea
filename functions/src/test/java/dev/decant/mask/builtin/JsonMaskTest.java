package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonMaskTest {
  private static final Column JSONB = MaskProbe.column("jsonb", TypeCategory.JSON);
  private static final MaskSpec REDACT = MaskProbe.spec("redact", "value", "R");

  private static MaskProbe json(Object... options) {
    return MaskProbe.of(MaskProbe.spec("json", options), JSONB);
  }

  @Test
  void whatNoRuleNamesIsScrambledOrGetsNoise() {
    String masked = json().mask("{\"name\": \"Max\", \"n\": [100, true, null], \"x\": {}}");
    assertThat(masked)
        .matches("\\{\"name\": \"[A-Z][a-z]{2}\", \"n\": \\[\\d+, true, null], \"x\": \\{}}")
        .doesNotContain("Max")
        .doesNotContain("[100,");
  }

  @Test
  void theSameStringIsMaskedAsInAColumn() {
    String scrambled = MaskProbe.text("scramble").mask("Anna Schmidt");
    assertThat(json().mask("[\"Anna Schmidt\"]")).isEqualTo("[\"" + scrambled + "\"]");
  }

  @Test
  void aUniqueDocumentGetsAHashOfItsRawValue() {
    MaskProbe mask = json("unique", true, "other", MaskSpec.of("empty"));
    String hash = "\"[0-9a-f]{32}\"";
    assertThat(mask.mask("{\"a\": [1]}")).matches("\\{\"a\": \\[null],\"_unique\": " + hash + "}");
    assertThat(mask.mask("{ } ")).matches("\\{ \"_unique\": " + hash + "}");
    assertThat(mask.mask("[{}, \"]\"]")).matches("\\[\\{}, \"\"," + hash + "]");
    assertThat(mask.mask("[]")).matches("\\[" + hash + "]");
    assertThat(mask.mask("true")).matches(hash);
    assertThat(mask.mask("[1]")).isNotEqualTo(mask.mask("[2]"));
  }

  @Test
  void onlyADocumentOfItsOwnTypeBecomesUnique() {
    MaskSpec unique = MaskProbe.spec("json", "unique", true);
    assertThat(MaskProbe.injective(unique, JSONB)).isTrue();
    assertThat(MaskProbe.injective(MaskSpec.of("json"), JSONB)).isFalse();
    assertThat(MaskProbe.refusal(unique, MaskProbe.varchar(40))).contains("json and jsonb only");
  }

  @Test
  void thePathBeatsTheKeyBeatsWhatIsAround() {
    MaskProbe mask =
        json(
            "keep", List.of("$.kept", "$.email", "$.list[*].id", "$['odd name']"),
            "columns", Map.of("$.kept.secret", REDACT),
            "keys", Map.of("email", REDACT),
            "other", MaskSpec.of("nullify"));
    assertThat(
            mask.mask(
                "{\"kept\": {\"a\": \"1\", \"secret\": \"s\", \"email\": \"e\"}, \"email\": \"e\","
                    + " \"list\": [{\"id\": 1, \"email\": \"e\", \"x\": \"y\"}], \"odd name\": 1}"))
        .isEqualTo(
            "{\"kept\": {\"a\": \"1\", \"secret\": \"R\", \"email\": \"R\"}, \"email\": \"e\","
                + " \"list\": [{\"id\": 1, \"email\": \"R\", \"x\": null}], \"odd name\": 1}");
  }

  @Test
  void aRuleForAnObjectServesAllInIt() {
    MaskProbe mask =
        json(
            "columns",
            Map.of(
                "$.a", REDACT,
                "$.b", MaskSpec.of("empty"),
                "$.c", MaskProbe.spec("constant", "value", "x\"y"),
                "$.d", MaskProbe.spec("constant", "value", 7L)));
    assertThat(
            mask.mask(
                "{\"a\":{\"b\":[\"s\",{\"c\":\"t\"}]},\"b\":[1,{\"q\":2}],\"c\":{\"a\":1},\"d\":[]}"))
        .isEqualTo("{\"a\":{\"b\":[\"R\",{\"c\":\"R\"}]},\"b\":[],\"c\":\"x\\\"y\",\"d\":7}");
  }

  @Test
  void numbersUnderAMaskOfTextsKeepTheirLengthButNotTheirDigits() {
    String masked =
        json("columns", Map.of("$.phone", MaskSpec.of("email"))).mask("{\"phone\":491701234567}");
    assertThat(masked).matches("\\{\"phone\":\\d{12}}").doesNotContain("491701234567");
  }

  @Test
  void datesInStringsAreShifted() {
    MaskProbe mask = json("keys", Map.of("born", MaskSpec.of("date-shift")));
    assertThat(mask.mask("{\"born\":\"1980-05-06\"}"))
        .matches("\\{\"born\":\"19(79|80|81)-\\d\\d-\\d\\d\"}")
        .doesNotContain("1980-05-06");
    assertThat(mask.mask("{\"born\":\"2020-01-01T10:00:00Z\"}")).contains("T10:00:00Z\"");
    assertThat(mask.mask("{\"born\":\"unknown\"}")).doesNotContain("unknown");
  }

  @Test
  void escapesAreUndoneBeforeAMaskAndMadeAfter() {
    String plain = MaskProbe.text("scramble").mask("ä\n\"😀\\");
    assertThat(json().mask("\"\\u00e4\\n\\\"\\ud83d\\ude00\\\\\""))
        .isEqualTo(
            "\"" + plain.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + "\"");
    assertThat(json("keys", Map.of("a/b", REDACT)).mask("{\"a\\/b\":\"x\"}"))
        .isEqualTo("{\"a\\/b\":\"R\"}");
  }

  @Test
  void deepDocumentsBecomeEmptyOnes() {
    String deep = "[".repeat(9_999) + "\"x\"" + "]".repeat(9_999);
    assertThat(json("other", REDACT).mask(deep)).isEqualTo(deep.replace("x", "R"));
    assertThat(json().mask("[".repeat(200_000) + "]".repeat(200_000))).isEqualTo("{}");
    assertThat(
            MaskProbe.text("json")
                .mask("{\"a\":".repeat(20_000) + "\"secret\"" + "}".repeat(20_000)))
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Max",
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "01",
        "1.",
        "-",
        "1e",
        "tru",
        "[1 2]",
        "{} {}",
        "{a:1}",
        "\"\n\"",
        "nul",
        "+1",
        ".5",
        "]"
      })
  void aTextThatIsNoJsonIsScrambledAsAWhole(String raw) {
    assertThat(MaskProbe.text("json").mask(raw)).isEqualTo(MaskProbe.text("scramble").mask(raw));
    assertThat(json().mask(raw)).isEqualTo("{}");
  }

  @Test
  void whatOutgrowsTheColumnBecomesEmpty() {
    MaskSpec spec = MaskProbe.spec("json", "other", MaskSpec.of("email"));
    assertThat(MaskProbe.of(spec, MaskProbe.varchar(40)).mask("[\"a\",\"b\"]")).isEqualTo("{}");
    assertThat(MaskProbe.of(spec, MaskProbe.varchar(40)).mask("[\"a\"]")).contains("@");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThat(MaskProbe.refusal(MaskProbe.spec("json", "keep", List.of("theme")), JSONB))
        .contains("\"theme\" is not a path")
        .contains("$.name");
    assertThat(
            MaskProbe.refusal(
                MaskProbe.spec("json", "keep", List.of("$.a"), "columns", Map.of("$.a", REDACT)),
                JSONB))
        .isEqualTo("The path $.a has two rules. Remove one of them.");
    assertThat(
            MaskProbe.refusal(
                MaskProbe.spec("json", "keys", Map.of("a", MaskSpec.of("placeholder"))), JSONB))
        .contains("In key a: The mask placeholder does not serve columns of type text");
    assertThat(MaskProbe.refusal(MaskProbe.spec("json", "other", MaskSpec.of("nope")), JSONB))
        .isEqualTo("In other: The mask nope does not exist. Write another one.");
  }

  @Test
  void namesOfMembersAreMasked() {
    String email = MaskProbe.text("email").mask("max@x.de");
    MaskProbe mask =
        json(
            "keys-of", Map.of("$.by_email", MaskSpec.of("email"), "$.list[*]", REDACT),
            "keep", List.of("$.by_email", "$.list"));
    assertThat(
            mask.mask(
                "{\"by_email\": {\"max@x.de\" : 1, \"m\\u0061x@x.de\": {\"a\": 2}},"
                    + " \"list\": [{\"a\": 1}, [\"b\"]]}"))
        .isEqualTo(
            "{\"by_email\": {\""
                + email
                + "\" : 1, \""
                + email
                + "\": {\"a\": 2}},"
                + " \"list\": [{\"R\": 1}, [\"b\"]]}");
  }

  @Test
  void namesAreScrambledIfOnlyTheirPathIsGiven() {
    String scrambled = MaskProbe.text("scramble").mask("Max");
    assertThat(json("keys-of", List.of("$"), "keep", List.of("$")).mask("{\"Max\": {\"Max\": 1}}"))
        .isEqualTo("{\"" + scrambled + "\": {\"Max\": 1}}");
  }

  @Test
  void aRuleForAMemberReadsItsRawName() {
    MaskProbe mask =
        json(
            "keys-of",
            List.of("$.m"),
            "columns",
            Map.of("$.m.Max", REDACT),
            "keep",
            List.of("$.m"));
    assertThat(mask.mask("{\"m\": {\"Max\": \"x\", \"Eva\": \"y\"}}"))
        .contains(": \"R\"")
        .contains(": \"y\"")
        .doesNotContain("Max");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nullify", "noise", "nothing"})
  void aMaskThatGivesNoNameIsRefused(String mask) {
    MaskSpec spec = MaskProbe.spec("json", "keys-of", Map.of("$", MaskSpec.of(mask)));
    assertThat(MaskProbe.refusal(spec, JSONB)).startsWith("In keys-of $: ");
    assertThat(MaskProbe.refusal(MaskProbe.spec("json", "keys-of", List.of("x")), JSONB))
        .contains("is not a path");
  }
}
