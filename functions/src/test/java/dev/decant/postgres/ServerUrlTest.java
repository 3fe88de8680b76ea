package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerUrlTest {
  @Test
  void allPartsAreRead() {
    ServerAddress address =
        ServerUrl.parse(
            "postgresql://us%40er:p%2Fw+%3A@db.example:6432/my%20db?sslmode=verify-full&connect_timeout=3",
            Map.of("PGPASSWORD", "unused"));
    assertThat(address.host()).isEqualTo("db.example");
    assertThat(address.port()).isEqualTo(6432);
    assertThat(address.user()).isEqualTo("us@er");
    assertThat(address.password()).isEqualTo("p/w+:");
    assertThat(address.database()).isEqualTo("my db");
    assertThat(address.properties())
        .isEqualTo(Map.of("sslmode", "verify-full", "connectTimeout", "3"));
  }

  @Test
  void whatIsMissingComesFromTheEnvironment() {
    ServerAddress address =
        ServerUrl.parse("postgres://h", Map.of("PGUSER", "me", "PGPASSWORD", "secret"));
    assertThat(address).isEqualTo(new ServerAddress("h", 5432, "me", "secret", "me", Map.of()));
  }

  @Test
  void passwordIsNotShown() {
    assertThat(ServerUrl.parse("postgresql://u:s3cret@h/d", Map.of())).hasToString("u@h:5432/d");
  }

  @Test
  void aCompleteUrlTakesNothingButThePasswordFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("PGPASSWORD", "p", "PGPORT", "7", "PGHOST", "x", "PGOPTIONS", "-c a=b");
    assertThat(ServerUrl.parseComplete("postgresql://u@staging_db/d", environment))
        .isEqualTo(new ServerAddress("staging_db", 5432, "u", "p", "d", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://h/d",
        "postgresql://u@/d",
        "postgresql://u@h",
        "postgresql://u@h:0/d"
      })
  void whatIsMissingInACompleteUrlIsNotMadeUp(String url) {
    assertThat(ServerUrl.isComplete(url)).isFalse();
    assertThatThrownBy(() -> ServerUrl.parseComplete(url, Map.of("PGUSER", "u", "PGHOST", "h")))
        .isInstanceOf(DecantException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embeded",
        "jdbc:postgresql://u:s3cret@h/d",
        "postgresql://u:s3cret%zz@h/d",
        "postgresql://u:s3 cret@h/d",
        "postgresql://u:s3cret@h/d?sslpassword=s3cret",
        "mysql://u:s3cret@h/d"
      })
  void otherTextsAreRefusedAndNotShown(String spec) {
    assertThatThrownBy(() -> ServerUrl.parse(spec, Map.of()))
        .isInstanceOf(DecantException.class)
        .hasNoCause()
        .hasMessageNotContaining("cret");
  }
}
