package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

final class ConnectionErrorsTest {
  private static DecantException of(Exception cause) {
    return ConnectionErrors.of(
        new PSQLException(
            "The connection attempt failed.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause),
        ServerUrl.parse("postgresql://app@db.example:5433/app", Map.of()));
  }

  @Test
  void unknownHostIsToldAsOne() {
    DecantException e = of(new UnknownHostException("db.example"));
    assertThat(e)
        .hasMessage(
            "connecting to db.example:5433 as app: no host of this name is known. Check the name");
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @Test
  void serverThatDoesNotAnswerIsToldAsThat() {
    DecantException e = of(new ConnectException("Connection refused"));
    assertThat(e)
        .hasMessage(
            "connecting to db.example:5433 as app: no server answers (Connection refused). Start"
                + " it, or check its host and port");
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }
}
