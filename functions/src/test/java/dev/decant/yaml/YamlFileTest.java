package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlFileTest {
  private final YamlFixture yaml = new YamlFixture();

  @Test
  void nodesKnowTheirLines() {
    assertThat(YamlFile.line(yaml.value("|\n  text"))).isEqualTo(1);
    assertThat(YamlFile.line(yaml.value("\n\n  a: 1"))).isEqualTo(3);
    assertThat(yaml.messages()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsDropped() {
    assertThat(read("\uFEFFversion: 1")).isTrue();
  }

  @Test
  void aFileThatIsNotUtf8IsAProblem() {
    assertThat(YamlFile.read(new byte[] {'a', ':', ' ', (byte) 0xe9}, yaml.scope)).isNull();
    assertThat(yaml.messages()).singleElement().asString().contains("UTF-8");
  }

  @Test
  void aFileThatIsTooLargeIsNotParsed() {
    assertThat(YamlFile.read(new byte[YamlFile.MAX_BYTES + 1], yaml.scope)).isNull();
    assertThat(yaml.messages()).singleElement().asString().contains("larger than 4 MB");
  }

  @Test
  void deepNestingIsAProblemAndNoStackOverflow() {
    assertThat(read("[".repeat(100_000))).isFalse();
    assertThat(yaml.messages()).singleElement().asString().contains("nested deeper than 40");
  }

  @Test
  void aliasesThatMultiplyAreAProblem() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      laughs.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(9));
      laughs.append("*a" + (i - 1) + "]\n");
    }
    assertThat(read(laughs.toString())).isFalse();
    assertThat(yaml.messages()).singleElement().asString().contains("Aliases (*name)");
  }

  @Test
  void aTagIsAProblem() {
    assertThat(read("a: !!binary aGVsbG8=")).isFalse();
    assertThat(yaml.messages()).singleElement().asString().contains("tag");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: b: c'|indentation",
        "'a: [1, 2'|bracket",
        "'a: *b'|anchor",
        "'a: %b'|quotes",
        "'a: \"b'|close"
      })
  void aMistakeIsExplainedInPlainWords(String text, String word) {
    assertThat(read(text)).isFalse();
    assertThat(yaml.messages()).singleElement().asString().contains(word);
  }

  private boolean read(String text) {
    return YamlFile.read(text.getBytes(StandardCharsets.UTF_8), yaml.scope) != null;
  }
}
