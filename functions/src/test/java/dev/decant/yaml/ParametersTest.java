package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParametersTest {
  private final YamlFixture yaml = new YamlFixture();

  @ParameterizedTest
  @CsvSource({"'x','x'", "'${A}','one'", "'<${A}${A}>','<oneone>'", "'$${A}','${A}'", "'$A','$A'"})
  void referencesAreReplacedByValues(String text, String filled) {
    assertThat(declared("[A]").fill(text, yaml.value("x"), yaml.scope)).isEqualTo(filled);
    assertThat(yaml.messages()).isEmpty();
  }

  @Test
  void anUndeclaredParameterIsAProblem() {
    assertThat(declared("[A]").fill("${B}", yaml.value("x"), yaml.scope)).isEmpty();
    assertThat(yaml.messages()).singleElement().asString().contains("B is not declared");
  }

  @Test
  void aReferenceThatIsNotClosedIsAProblem() {
    declared("[A]").fill("${A", yaml.value("x"), yaml.scope);
    assertThat(yaml.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'[A-B]',cannot be the name", "'[A, A]',twice", "'[C]',has no value", "'[NUL]',NUL"})
  void aWrongDeclarationIsAProblem(String list, String message) {
    declared(list);
    assertThat(yaml.messages()).singleElement().asString().contains(message);
  }

  @Test
  void valuesAreNeverShown() {
    assertThat(declared("[A]")).hasToString("Parameters[A]");
    assertThat(Parameters.undeclared(Map.of("A", "secret"))).hasToString("Parameters[A]");
  }

  @Test
  void aMistypedParameterOfTheCommandLineIsRefused() {
    assertThatThrownBy(() -> declared("[A]").requireKnown(Set.of("AA"), "policy"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("--param AA")
        .hasMessageContaining("Write A.");
    declared("[A]").requireKnown(Set.of("A"), "policy");
  }

  @Test
  void aTextThatHoldsAValueIsFound() {
    assertThat(declared("[A]").in("everyone")).isTrue();
    assertThat(declared("[A]").in("two")).isFalse();
  }

  private Parameters declared(String list) {
    Map<String, String> values = Map.of("A", "one", "A-B", "x", "NUL", "a\0b");
    return Parameters.read(yaml.value(list), values, yaml.scope);
  }
}
