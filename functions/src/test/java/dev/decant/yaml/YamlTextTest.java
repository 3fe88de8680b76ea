package dev.decant.yaml;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTextTest {
  private final YamlFixture yaml = new YamlFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "user_name", "true", "NO", "12", "", " ", "it's", "a: b", "# x", "é", "\n"})
  void aTextIsReadBackAsItself(String text) {
    assertThat(Scalars.value(yaml.value(YamlText.of(text)))).isEqualTo(text);
  }

  @Test
  void randomTextsAreReadBackAsThemselves() {
    Random random = new Random(25);
    for (int i = 0; i < 500; i++) {
      String text =
          random
              .ints(random.nextInt(1, 12), ' ', 0x250)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(Scalars.value(yaml.value(YamlText.of(text)))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "E mail", "\"quoted\"", "say \"x\"", "${NAME}", " "})
  void aColumnIsReadBackAsItself(String name) {
    String read =
        requireNonNull(Scalars.name(yaml.value(YamlText.column(name)), yaml.scope, "a column"));
    assertThat(NameParser.column(read)).isEqualTo(name);
    assertThat(yaml.messages()).isEmpty();
  }

  @Test
  void aValueNamesNoParameter() {
    String text = (String) requireNonNull(Scalars.value(yaml.value(YamlText.value("${HOME}"))));
    assertThat(Parameters.undeclared(Map.of()).fill(text, yaml.value("x"), yaml.scope))
        .isEqualTo("${HOME}");
    assertThat(yaml.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'a\nb','a b'", "'a\u2028b','a b'"})
  void aCommentStaysInItsLine(String text, String comment) {
    assertThat(YamlText.comment(text)).isEqualTo(comment);
  }
}
