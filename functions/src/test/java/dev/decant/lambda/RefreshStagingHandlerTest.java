package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefreshStagingHandlerTest {
  private static RefreshEvent read(String event) {
    return RefreshEvent.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  @Test
  void targetAndHostAreEnough() {
    assertThat(read("{\"target\": \"staging\", \"confirm\": \"db.internal\"}"))
        .isEqualTo(new RefreshEvent("staging", "latest", "db.internal", false, false, null));
  }

  @Test
  void allFieldsAreRead() {
    assertThat(
            read(
                """
                {"target": "qa", "snapshot": "a/b/c", "confirm": "h", "dryRun": true, "keep": true,
                 "token": "2026-03-23T04:00:00Z"}
                """))
        .isEqualTo(new RefreshEvent("qa", "a/b/c", "h", true, true, "2026-03-23T04:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"target\": \"staging\", \"confirm\": \"h\", \"dryrun\": true}|it has an unknown field"
            + " dryrun",
        "{\"target\": \"staging\", \"confirm\": \"h\", \"dryRun\": \"true\"}|its dryRun is neither",
        "{\"target\": \"staging\", \"confirm\": \"h\", \"snapshot\": 1}|its snapshot is not a text",
        "{\"target\": \"s\", \"confirm\": \"h\", \"token\": 1}|its token is not a text",
        "{\"target\": \"s\", \"confirm\": \"h\", \"token\": \"a b\"}|its token has more than",
        "{\"confirm\": \"h\"}|its target is not a text",
        "{\"target\": \"staging\"}|its confirm is not a text",
        "[]|it is not a JSON object",
        "{\"target\"|it is not JSON at line 1",
      })
  void eventThatIsNotUnderstoodIsRefused(String event, String why) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("RefreshStaging does not know this event: " + why)
        .hasMessageContaining("The folder events/ has samples.");
  }

  @Test
  void functionWithoutTargetsFileSaysSo() {
    assertThatThrownBy(
            () ->
                new RefreshStagingHandler(Map.of())
                    .handleRequest(
                        new ByteArrayInputStream(
                            "{\"target\": \"a\", \"confirm\": \"h\"}".getBytes(UTF_8)),
                        OutputStream.nullOutputStream(),
                        new LocalContext("RefreshStaging", Duration.ofMinutes(1))))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("USAGE: The setting DECANT_TARGETS is required.");
  }
}
