package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

final class ConnectionErrorsTest {
  private static final ServerAddress SERVER =
      ServerUrl.parse("postgresql://app@db.example:5433/app", Map.of());

  private static DecantException of(Exception cause) {
    return ConnectionErrors.of(
        new PSQLException(
            "The connection attempt failed.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause),
        SERVER);
  }

  private static DecantException answered(String state, String message) {
    return ConnectionErrors.of(
        new PSQLException(new ServerErrorMessage("SFATAL\0C" + state + "\0M" + message + '\0')),
        SERVER);
  }

  @Test
  void unknownHostIsReportedAsSuch() {
    DecantException e = of(new UnknownHostException("db.example"));
    assertThat(e)
        .hasMessage(
            "Connecting to db.example:5433 as app failed. The name of the host has no address."
                + " Check the name.");
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @Test
  void serverThatDoesNotAnswerIsReportedAsSuch() {
    DecantException e = of(new ConnectException("Connection refused"));
    assertThat(e)
        .hasMessage(
            "Connecting to db.example:5433 as app failed. No server answers there (Connection"
                + " refused). Start the server, or check its host and port.");
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, password authentication failed for user x",
    "28000, role x does not exist",
    "3D000, database x does not exist",
    "42501, permission denied for database x",
    "55000, database x is not currently accepting connections",
    "57P04, database x was dropped",
    "08P01, no such user: x",
    "08P01, server login has been failing: auth failed"
  })
  void refusalsThatSomebodyMustMendDoNotPass(String state, String message) {
    DecantException e = answered(state, message);
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
    assertThat(e).hasMessageContaining(message).hasMessageEndingWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "57P03, the database system is starting up",
    "57P01, terminating connection due to administrator command",
    "53300, sorry: too many clients already",
    "08P01, no more connections allowed (max_client_conn)",
    "08006, the connection was lost"
  })
  void refusalsOfABusyOrStartingServerMayPass(String state, String message) {
    assertThat(answered(state, message).code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @Test
  void missingPasswordShowsTheLineOfThePasswordFile() {
    PSQLException error =
        new PSQLException(
            "The server requested SCRAM-based authentication, but no password was provided.",
            PSQLState.CONNECTION_REJECTED);
    DecantException e =
        ConnectionErrors.of(error, new ServerAddress("::1", 5432, "a:b", "", "d", Map.of()));
    assertThat(e)
        .hasMessageContainingAll("PGPASSWORD", "~/.pgpass", " \\:\\:1:5432:*:a\\:b:PASSWORD ");
    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
  }
}
