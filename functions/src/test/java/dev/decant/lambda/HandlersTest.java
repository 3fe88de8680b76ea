package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlersTest {
  @Test
  void unknownFunctionIsRefusedWithThoseThereAre() {
    assertThatThrownBy(
            () ->
                Handlers.invoke(
                    "Sanitise",
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    Map.of(),
                    Duration.ofSeconds(1)))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "There is no function Sanitise. Name PlanRun or RefreshStaging or SanitizeSnapshot or"
                + " ScratchInstance or Sweep or SweepTargets.");
  }

  @Test
  void localContextCountsDownToZero() {
    assertThat(new LocalContext("f", Duration.ofMinutes(15)).getRemainingTimeInMillis())
        .isBetween(890_000, 900_000);
    assertThat(new LocalContext("f", Duration.ofSeconds(-1)).getRemainingTimeInMillis()).isZero();
  }
}
