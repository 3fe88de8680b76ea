package dev.decant.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  @Test
  void lineHoldsWhatLambdaLooksFor() throws IOException {
    String line = new JsonLines().doLayout(event(null));
    assertThat(line).endsWith("\n").containsOnlyOnce("\n");
    JsonNode read = JsonMapper.builder().build().readTree(line);
    assertThat(Instant.parse(read.path("timestamp").asText())).isAfter(Instant.EPOCH);
    assertThat(read.path("level").asText()).isEqualTo("WARN");
    assertThat(read.path("message").asText()).isEqualTo("two\n\"lines\" of x");
    assertThat(read.path("requestId").asText()).isEqualTo("r-1");
  }

  @Test
  void exceptionIsWrittenWithoutAnyOfItsMessages() throws IOException {
    String line =
        new JsonLines()
            .doLayout(event(new IllegalStateException("CANARY", new IOException("CANARY"))));
    JsonNode read = JsonMapper.builder().build().readTree(line);
    assertThat(read.path("exception").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(read.path("stack").toString())
        .contains("JsonLinesTest")
        .contains("caused by java.io.IOException");
    assertThat(line).doesNotContain("CANARY");
  }

  private static LoggingEvent event(@Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "fqcn",
            new LoggerContext().getLogger("dev.decant"),
            Level.WARN,
            "two\n\"lines\" of {}",
            thrown,
            new Object[] {"x"});
    event.setMDCPropertyMap(Map.of("requestId", "r-1"));
    return event;
  }
}
