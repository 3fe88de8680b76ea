package dev.decant.setting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceEnvironmentTest {
  private static final String URL = "postgresql://clone.internal:5432/app";

  private static Map<String, String> of(Map<String, String> environment, String secret) {
    return SourceEnvironment.of(
        new Settings(environment),
        environment,
        name -> {
          assertThat(name).isEqualTo("decant/scratch/1");
          return secret.getBytes(UTF_8);
        },
        URL);
  }

  private static ServerAddress server(String secret, String url) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("DECANT_SOURCE_PASSWORD_SECRET", "decant/scratch/1", "PGPASSWORD", "other"));
    environment.put("HOME", "/nonexistent");
    return ServerUrl.parse(url, of(environment, secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{not json", "plain words\n", "12345", "[1]", "\"quoted\""})
  void textIsThePasswordItself(String secret) {
    assertThat(server(secret, URL).password()).isEqualTo(secret.strip());
  }

  @Test
  void fieldsOfAnObjectAreTheLogin() {
    ServerAddress server = server("{\"username\":\"raw_owner\",\"password\":\"p \"}", URL);
    assertThat(server.user()).isEqualTo("raw_owner");
    assertThat(server.password()).isEqualTo("p ");
    assertThat(server("{\"password\":\"p\",\"username\":\"x\"}", "postgresql://me@h/app").user())
        .isEqualTo("me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "{\"password\":\"\"}", "{\"passwort\":\"geheim\"}"})
  void secretWithoutAPasswordIsRefused(String secret) {
    assertThatThrownBy(() -> server(secret, URL))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageNotContaining("geheim");
  }

  @Test
  void certificatesAreCheckedIfTheyAreNamed() {
    Map<String, String> bundle = Map.of("DECANT_SOURCE_SSLROOTCERT", "/etc/rds.pem");
    assertThat(of(bundle, ""))
        .containsEntry("PGSSLROOTCERT", "/etc/rds.pem")
        .containsEntry("PGSSLMODE", "verify-full");
    Map<String, String> mode = new HashMap<>(bundle);
    mode.put("PGSSLMODE", "verify-ca");
    assertThat(of(mode, "")).containsEntry("PGSSLMODE", "verify-ca");
    assertThat(ServerUrl.parse(URL + "?sslrootcert=/mine.pem", of(bundle, "")).properties())
        .containsEntry("sslrootcert", "/mine.pem")
        .containsEntry("sslmode", "verify-full");
  }

  @Test
  void noSecretIsReadForADump() {
    Map<String, String> environment = Map.of("DECANT_SOURCE_PASSWORD_SECRET", "arn");
    assertThat(
            SourceEnvironment.of(
                new Settings(environment),
                environment,
                name -> {
                  throw new AssertionError(name);
                },
                "backup.sql"))
        .isEqualTo(environment);
  }
}
