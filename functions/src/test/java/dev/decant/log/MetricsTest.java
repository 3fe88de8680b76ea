package dev.decant.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.log.Metrics.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void aRunHasItsTimeItsFailuresAndTheAgeOfTheNewestSnapshot() {
    try (EmbeddedMetrics recorded = new EmbeddedMetrics()) {
      RunMetrics run = new RunMetrics("sanitize", "shop", "production");
      Metrics metrics = run.end("published");
      run.ofOperation(metrics, 0).add("Rows", Unit.COUNT, 12).add("Bytes", Unit.BYTES, 1L << 40);
      run.age(metrics, Instant.now().minus(Duration.ofMinutes(90)));
      metrics.write("metrics of shop");

      JsonNode line = recorded.with("Rows").getFirst();
      assertThat(line.path("event").asText()).isEqualTo("sanitize-metrics");
      assertThat(line.path("Rows").asLong()).isEqualTo(12);
      assertThat(line.path("Bytes").asText()).isEqualTo("1099511627776");
      assertThat(line.path("Failures").asLong()).isZero();
      assertThat(line.path("SnapshotAgeHours").asDouble()).isBetween(1.5, 1.6);
      assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0").toString())
          .isEqualTo("[\"operation\",\"service\",\"environment\"]");
      assertThat(line.at("/_aws/CloudWatchMetrics/1/Dimensions/0").toString())
          .isEqualTo("[\"service\",\"environment\"]");
    }
  }

  @Test
  void eachStageHasALineButNoPartOfAStageHasOne() {
    try (EmbeddedMetrics recorded = new EmbeddedMetrics()) {
      new RunMetrics("sanitize", "shop", "production")
          .stages(Map.of("load", Duration.ofMillis(1500), "load: mask", Duration.ofMillis(900)));

      assertThat(recorded.with("StageSeconds")).hasSize(1);
      JsonNode line = recorded.with("StageSeconds").getFirst();
      assertThat(line.path("stage").asText()).isEqualTo("load");
      assertThat(line.path("StageSeconds").asDouble()).isEqualTo(1.5);
    }
  }

  @Test
  void theCheckOfTheTestsFindsAMetricWithoutAValue() {
    String line =
        "{\"_aws\":{\"Timestamp\":1774250400000,\"CloudWatchMetrics\":[{\"Namespace\":\"decant\","
            + "\"Dimensions\":[[\"service\"]],\"Metrics\":[{\"Name\":\"Rows\",\"Unit\":\"%s\"}]}]},"
            + "\"service\":\"shop\"%s}\n";
    assertThat(EmbeddedMetrics.checked(line.formatted("Count", ",\"Rows\":1"))).isNotNull();
    assertThatThrownBy(() -> EmbeddedMetrics.checked(line.formatted("Count", "")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> EmbeddedMetrics.checked(line.formatted("Rows", ",\"Rows\":1")))
        .isInstanceOf(AssertionError.class);
  }
}
