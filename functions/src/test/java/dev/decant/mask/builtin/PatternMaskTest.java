package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternMaskTest {
  private static final Column TEXT = MaskProbe.column("text", TypeCategory.TEXT);

  private static MaskProbe pattern(String value) {
    return MaskProbe.text("pattern", "value", value);
  }

  @ParameterizedTest
  @CsvSource({
    "AA-9999, [A-Z]{2}-\\d{4}",
    "aA9, [a-z][A-Z]\\d",
    "\\A\\9\\\\9, A9\\\\\\d",
    "[A-F0-9][äöü]é9, [A-F0-9][äöü]é\\d",
    "[\\]\\-]9, [\\]-]\\d",
    "DE 999 999 999, DE( \\d{3}){3}"
  })
  void everyTextGetsThePattern(String pattern, String expected) {
    MaskProbe mask = pattern(pattern);
    for (String raw : new RawValues(TEXT.type(), 3).distinct(500)) {
      assertThat(mask.mask(raw)).as(raw).matches(raw.isEmpty() ? "" : expected);
    }
  }

  @Test
  void theTextsOfAPatternArePermuted() {
    MaskProbe mask = pattern("9[A-C]-9");
    Set<String> masked = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      String raw = (i / 30) + "" + (char) ('A' + i / 10 % 3) + "-" + i % 10;
      assertThat(mask.mask(raw)).isNotEqualTo(raw);
      masked.add(mask.mask(raw));
    }
    assertThat(masked).hasSize(300).allMatch(m -> m.matches("\\d[A-C]-\\d"));
  }

  @Test
  void aLongerTextIsNotTakenForATextOfThePattern() {
    MaskProbe mask = pattern("AA-999999999999");
    assertThat(mask.mask("AB-123456789012x")).isNotEqualTo(mask.mask("AB-123456789012"));
    assertThat(mask.mask("AB-12345678901")).isNotEqualTo(mask.mask("AB-123456789012"));
  }

  @Test
  void longPatternsArePermutedToo() {
    MaskProbe mask = pattern("9999999999999999999999999999999999999999");
    Set<String> masked = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String end = String.format(Locale.ROOT, "%040d", i);
      masked.add(mask.mask(end));
      masked.add(mask.mask(new StringBuilder(end).reverse().toString()));
    }
    // Ten thousand numbers below 20,000 with reversed digits would repeat only zero.
    assertThat(masked).hasSize(39_999);
    String first = mask.mask("0".repeat(39) + "1");
    String second = mask.mask("0".repeat(39) + "2");
    long same = IntStream.range(0, 40).filter(i -> first.charAt(i) == second.charAt(i)).count();
    assertThat(same).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[A", "A\\", "[]", "[^A]9", "[z-a]9", "[[:alpha:]]9", "[\\w]9"})
  void aTextThatIsNoPatternIsRefused(String value) {
    assertThat(MaskProbe.refusal(MaskProbe.spec("pattern", "value", value), TEXT))
        .contains("is not a pattern");
  }

  @Test
  void aPatternFitsTheColumnAndHasSeveralTexts() {
    MaskSpec spec = MaskProbe.spec("pattern", "value", "AA-9999");
    assertThat(MaskProbe.refusal(spec, MaskProbe.varchar(7))).isNull();
    assertThat(MaskProbe.refusal(spec, MaskProbe.varchar(6))).contains("at most 6 characters");
    assertThat(MaskProbe.refusal(MaskProbe.spec("pattern", "value", "x-y"), TEXT))
        .contains("only one text");
    assertThat(MaskProbe.refusal(MaskProbe.spec("pattern", "value", "9".repeat(256)), TEXT))
        .contains("1 to 255");
  }
}
