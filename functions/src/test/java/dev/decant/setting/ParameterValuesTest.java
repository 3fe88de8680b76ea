package dev.decant.setting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterValuesTest {
  private static final Settings SETTINGS =
      new Settings(
          Map.of("DECANT_PARAMETERS_SECRET", "arn:of:it", "DECANT_PARAM_HOST", "from-environment"));

  @Test
  void environmentGoesBeforeTheSecret() {
    assertThat(
            ParameterValues.of(
                SETTINGS, arn -> "{\"HOST\": \"x\", \"PASSWORD\": \"y\"}".getBytes(UTF_8)))
        .isEqualTo(Map.of("HOST", "from-environment", "PASSWORD", "y"));
  }

  @Test
  void noSecretIsAskedForWhereNoneIsNamed() {
    assertThat(
            ParameterValues.of(
                new Settings(Map.of("DECANT_PARAM_A", "1")),
                arn -> {
                  throw new AssertionError(arn);
                }))
        .isEqualTo(Map.of("A", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CANARY", "[\"CANARY\"]", "{\"A\": {\"CANARY\": 1}}", "{\"A\": CANARY}", ""})
  void secretThatIsNoObjectOfTextsIsRefusedWithoutItsText(String secret) {
    assertThatThrownBy(() -> ParameterValues.of(SETTINGS, arn -> secret.getBytes(UTF_8)))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "DECANT_PARAMETERS_SECRET must be the ARN of a secret that is a JSON object whose"
                + " values are texts.")
        .hasNoCause();
  }
}
