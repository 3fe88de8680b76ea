package dev.decant.setting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScratchUrlTest {
  private static final String URL = "postgresql://u@db.internal:5433/postgres";

  private static String url(String scratch, String secret) {
    Map<String, String> environment = new HashMap<>(Map.of("DECANT_SCRATCH", scratch));
    environment.put("DECANT_SCRATCH_PASSWORD_SECRET", "scratch/login");
    return ScratchUrl.of(
        new Settings(environment),
        name -> {
          assertThat(name).isEqualTo("scratch/login");
          return secret.getBytes(UTF_8);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "p@ss/w:rd %?&#ä           | p@ss/w:rd %?&#ä",
        "{\"password\": \"a+b c\"} | a+b c",
        "{not JSON                 | {not JSON",
      })
  void passwordComesFromTheSecret(String secret, String password) {
    assertThat(ServerUrl.parse(url(URL, secret + "\n"), Map.of("PGPASSWORD", "other")).password())
        .isEqualTo(password);
    assertThat(ServerUrl.parse(url(URL + "?sslmode=require", secret), Map.of()).password())
        .isEqualTo(password);
  }

  @Test
  void embeddedServerNeedsNoSecret() {
    assertThat(
            ScratchUrl.of(
                new Settings(Map.of("DECANT_SCRATCH_PASSWORD_SECRET", "x")),
                name -> {
                  throw new AssertionError("the secret is read");
                }))
        .isEqualTo("embedded");
    assertThat(ScratchUrl.of(new Settings(Map.of("DECANT_SCRATCH", URL)), name -> new byte[0]))
        .isEqualTo(URL);
  }

  @Test
  void secretWithoutPasswordIsAnErrorThatShowsNothing() {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> url(URL, "{\"username\": \"CANARY\"}"))
        .withMessageStartingWith("DECANT_SCRATCH_PASSWORD_SECRET must be a secret that holds")
        .withMessageNotContaining("CANARY")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID));
  }

  @Test
  void twoPasswordsAreAnErrorThatShowsNone() {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> url("postgresql://u:CANARY1@h/d", "CANARY2"))
        .withMessageNotContaining("CANARY");
  }
}
