package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks serve the parts of arrays, ranges and the texts in a bytea. */
final class ShapesTest {
  private static final Column TEXTS = MaskProbe.array(MaskProbe.column("text", TypeCategory.TEXT));
  private static final Column BYTES = MaskProbe.column("bytea", TypeCategory.BYTEA);

  private static Column range(String name, TypeCategory bounds) {
    return MaskProbe.range(name, ColumnType.of("bound", bounds));
  }

  private static String hex(String text) {
    return "\\x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anElementIsMaskedAsTheScalar() {
    String alone = MaskProbe.text("email").mask("max@x.de");
    MaskProbe emails = MaskProbe.of(MaskSpec.of("email"), TEXTS);
    assertThat(emails.mask("{max@x.de,NULL,\"max@x.de\"}"))
        .isEqualTo("{" + alone + ",NULL," + alone + "}");
    assertThat(emails.mask("[0:1]={max@x.de,NULL}")).isEqualTo("[0:1]={" + alone + ",NULL}");
    assertThat(emails.mask("{{max@x.de},{NULL}}")).isEqualTo("{{" + alone + "},{NULL}}");
    assertThat(emails.mask("{}")).isEqualTo("{}");
  }

  @Test
  void elementsFitTheirLength() {
    Column column = MaskProbe.array(MaskProbe.varchar(29));
    assertThat(MaskProbe.of(MaskSpec.of("email"), column).mask("{a@b.de}")).hasSize(31);
    assertThat(MaskProbe.injective(MaskSpec.of("email"), column)).isTrue();
    Column shorter = MaskProbe.array(MaskProbe.varchar(5));
    assertThat(MaskProbe.refusal(MaskSpec.of("email"), shorter)).contains("too short");
  }

  @Test
  void aMaskThatServesNoElementIsRefused() {
    Column numbers = MaskProbe.array(MaskProbe.column("integer", TypeCategory.INTEGER));
    assertThat(MaskProbe.refusal(MaskSpec.of("email"), numbers)).contains("type integer");
    assertThat(MaskProbe.refusal(MaskSpec.of("id"), numbers)).isNull();
  }

  @Test
  void aTextInBytesIsMaskedAsTheText() {
    MaskProbe email = MaskProbe.of(MaskSpec.of("email"), BYTES);
    assertThat(email.mask(hex("max@x.de")))
        .isEqualTo(hex(MaskProbe.text("email").mask("max@x.de")));
    assertThat(email.mask("\\x")).isEqualTo("\\x");
    assertThat(email.mask("\\x80ff00aa0102030405"))
        .hasSize(20)
        .isNotEqualTo("\\x80ff00aa0102030405");
    assertThat(MaskProbe.injective(MaskSpec.of("email"), BYTES)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int4range|INTEGER|[10,20)",
        "int4range|INTEGER|[-5,7)",
        "numrange|NUMERIC|(1.5,2.5]",
        "numrange|NUMERIC|[1,NaN]",
        "daterange|DATE|[2020-01-01,2020-01-03)",
        "tsrange|TIMESTAMP|[\"2020-01-01 10:00:00\",\"2020-01-01 11:00:00.5\")",
        "tstzrange|TIMESTAMP|(\"2020-01-01 10:00:00+02\",\"2020-01-02 10:00:00+05:30\"]",
      })
  void theBoundsOfARangeStayInOrder(String name, TypeCategory bounds, String raw) {
    MaskSpec spec =
        bounds == TypeCategory.DATE || bounds == TypeCategory.TIMESTAMP
            ? MaskSpec.of("date-shift")
            : MaskProbe.spec("noise", "percent", 90L);
    Column column = range(name, bounds);
    assertThat(MaskProbe.refusal(spec, column)).isNull();
    String masked = MaskProbe.of(spec, column).mask(raw);
    assertThat(masked).isNotEqualTo(raw).startsWith(raw.substring(0, 1));
    assertThat(masked).endsWith(raw.substring(raw.length() - 1));
  }

  @Test
  void boundsAtInfinityStay() {
    MaskProbe noise = MaskProbe.of(MaskSpec.of("noise"), range("int4range", TypeCategory.INTEGER));
    assertThat(noise.mask("empty")).isEqualTo("empty");
    assertThat(noise.mask("(,)")).isEqualTo("(,)");
    assertThat(noise.mask("[1000,)")).matches("\\[\\d+,\\)").isNotEqualTo("[1000,)");
    assertThat(noise.mask("{[1000,2000),[5000,)}")).matches("\\{\\[\\d+,\\d+\\),\\[\\d+,\\)}");
    assertThat(noise.mask("{}")).isEqualTo("{}");
  }

  @Test
  void rangesOfTextsHaveNoMask() {
    assertThat(MaskProbe.refusal(MaskSpec.of("scramble"), range("texts", TypeCategory.TEXT)))
        .contains("does not serve");
  }

  private static final Column PERSON =
      MaskProbe.composite(
          "person",
          MaskProbe.field("name", TypeCategory.TEXT),
          MaskProbe.field("age", TypeCategory.INTEGER),
          MaskProbe.field("note", TypeCategory.TEXT));

  private static MaskSpec composite(Object... options) {
    return MaskProbe.spec("composite", options);
  }

  @Test
  void aCompositeIsMaskedByField() {
    MaskSpec spec =
        composite(
            "fields",
            Map.of("name", MaskSpec.of("email"), "age", MaskSpec.of("keep")),
            "other",
            MaskProbe.spec("redact", "value", "a \\ \"b\""));
    assertThat(MaskProbe.refusal(spec, PERSON)).isNull();
    String email = MaskProbe.text("email").mask("max, \"x\"");
    MaskProbe mask = MaskProbe.of(spec, PERSON);
    assertThat(mask.mask("(\"max, \"\"x\"\"\",7,secret)"))
        .isEqualTo("(" + email + ",7,\"a \\\\ \"\"b\"\"\")");
    assertThat(mask.mask("(,,)")).isEqualTo("(,,)");
    assertThat(mask.mask("(\"\",7,)")).isEqualTo("(\"\",7,)");
  }

  @Test
  void everyFieldNeedsARule() {
    Map<String, MaskSpec> name = Map.of("name", MaskSpec.of("email"));
    assertThat(MaskProbe.refusal(composite("fields", name), PERSON)).contains("age, note");
    assertThat(MaskProbe.refusal(composite("fields", name, "other", MaskSpec.of("redact")), PERSON))
        .contains("In age")
        .contains("does not serve");
    assertThat(
            MaskProbe.refusal(
                composite(
                    "fields", Map.of("nmae", MaskSpec.of("email")), "other", MaskSpec.of("keep")),
                PERSON))
        .contains("no field nmae");
    assertThat(MaskProbe.refusal(MaskSpec.of("scramble"), PERSON)).contains("does not serve");
  }
}
