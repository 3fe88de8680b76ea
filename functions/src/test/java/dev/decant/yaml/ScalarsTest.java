package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarsTest {
  private final YamlFixture yaml = new YamlFixture();

  @ParameterizedTest
  @CsvSource({"12,12", "+12,12", "-7,-7", "0x1f,31", "0o17,15", "0012,12", "-0012,-12"})
  void wholeNumbersAreRead(String text, long number) {
    assertThat(Scalars.integer(yaml.value(text), yaml.scope)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'12'", "1.5", "x", "9223372036854775808", "[1]"})
  void otherValuesAreNoWholeNumbers(String text) {
    assertThat(Scalars.integer(yaml.value(text), yaml.scope)).isNull();
    assertThat(yaml.messages()).singleElement().asString().contains("whole number");
  }

  @Test
  void valuesKeepTheTypesOfYaml() {
    assertThat(Scalars.value(yaml.value("true"))).isEqualTo(true);
    assertThat(Scalars.value(yaml.value("1.5"))).isEqualTo(1.5);
    assertThat(Scalars.value(yaml.value("'1.5'"))).isEqualTo("1.5");
    assertThat(Scalars.value(yaml.value("9223372036854775808"))).isEqualTo("9223372036854775808");
    assertThat(Scalars.value(yaml.value("~"))).isNull();
    assertThat(Scalars.value(yaml.value("[1]"))).isNull();
  }

  @Test
  void aTextKeepsTheSpellingOfNumbers() {
    assertThat(Scalars.text(yaml.value("0012"), yaml.scope, "a text")).isEqualTo("0012");
  }

  @Test
  void anEmptyValueIsAProblem() {
    assertThat(Scalars.text(yaml.value(""), yaml.scope, "a text")).isNull();
    assertThat(yaml.messages()).singleElement().asString().endsWith("Write a text.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'${NAME}'", "[a]"})
  void aNameIsATextWithoutParameters(String text) {
    assertThat(Scalars.name(yaml.value(text), yaml.scope, "a name")).isNull();
    assertThat(yaml.messages()).hasSize(1);
  }

  @Test
  void namesThatAreNoneAreReportedAndLeftOut() {
    assertThat(Scalars.names(yaml.value("[a, '', b]"), yaml.scope, "names"))
        .containsExactly("a", "b");
    assertThat(yaml.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "FALSE,false"})
  void booleansAreRead(String text, boolean value) {
    assertThat(Scalars.bool(yaml.value(text), yaml.scope)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "'true'", "1"})
  void otherValuesAreNoBooleans(String text) {
    assertThat(Scalars.bool(yaml.value(text), yaml.scope)).isNull();
    assertThat(yaml.messages()).hasSize(1);
  }

  @Test
  void anUnknownWordIsAProblemThatNamesTheNearest() {
    assertThat(Scalars.word(yaml.value("hsah"), yaml.scope, List.of("hash", "keep"))).isNull();
    assertThat(yaml.messages()).singleElement().asString().endsWith("Write hash.");
  }
}
