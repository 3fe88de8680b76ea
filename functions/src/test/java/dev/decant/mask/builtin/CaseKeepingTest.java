package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that differ only in case or in the blanks around them stay such values. */
final class CaseKeepingTest {
  private static final List<String> SPELLINGS =
      List.of(
          "max.muster@example.com",
          "Max.Muster@Example.com",
          "MAX.MUSTER@EXAMPLE.COM",
          "max.Muster@example.com",
          "Max.muster@example.com",
          "max.muster@example.coM",
          "mAx.muster@example.com");

  static Stream<MaskSpec> specs() {
    return Stream.of(
        MaskSpec.of("email"),
        MaskProbe.spec("email", "prefix", "U-"),
        MaskProbe.spec("email", "keep-domain", true),
        MaskSpec.of("username"),
        MaskSpec.of("hash"),
        MaskProbe.spec("hash", "encoding", "base32"),
        MaskProbe.spec("hash", "encoding", "base64"));
  }

  private static MaskProbe probe(MaskSpec spec) {
    return MaskProbe.of(spec, MaskProbe.varchar(200));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void spellingsOfOneValueDifferOnlyInCase(MaskSpec spec) {
    MaskProbe probe = probe(spec);
    Set<String> masked = new HashSet<>();
    SPELLINGS.forEach(spelling -> masked.add(probe.mask(spelling)));
    assertThat(masked).hasSameSizeAs(SPELLINGS);
    assertThat(masked.stream().map(CaseKeepingTest::lower).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ÄRGER@x.de ärger@x.de", "ЖУК жук", "Ⱥb ⱥb", "Ǆx ǆx", "İx ix"})
  void lettersOfEveryScriptAreFolded(String pair) {
    String[] two = pair.split(" ", 2);
    MaskProbe email = MaskProbe.text("email");
    assertThat(email.mask(two[0]))
        .isNotEqualTo(email.mask(two[1]))
        .isEqualToIgnoringCase(email.mask(two[1]));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void blanksAroundAValueStay(MaskSpec spec) {
    MaskProbe probe = probe(spec);
    String masked = probe.mask("max@x.de");
    assertThat(probe.mask("  max@x.de")).isEqualTo("  " + masked);
    assertThat(probe.mask("max@x.de \t")).isEqualTo(masked + " \t");
    assertThat(probe.mask("max @x.de")).isNotEqualTo(masked).doesNotContain(" ");
    assertThat(probe.mask("   ")).isEqualTo("   ");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aLowerCaseValueIsMaskedAsItsLength(MaskSpec spec) {
    assertThat(probe(spec).mask("ab").strip()).hasSameSizeAs(probe(spec).mask("AB").strip());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void blanksThatDoNotFitMakeAnotherValue(MaskSpec spec) {
    int length = probe(spec).mask("max@x.de").length();
    MaskProbe tight = MaskProbe.of(spec, MaskProbe.varchar(length));
    String masked = tight.mask("max@x.de");
    Set<String> seen = new HashSet<>(Set.of(masked));
    IntStream.range(1, 5).forEach(i -> seen.add(tight.mask(" ".repeat(i) + "max@x.de")));
    assertThat(seen).hasSize(5).allMatch(text -> text.length() <= length);
  }
}
