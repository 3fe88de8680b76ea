package dev.decant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Records the log lines with metrics while it is open, and checks each of them against the rules of
 * CloudWatch: the schema, and that each metric and dimension that it names is a member of the line.
 */
public final class EmbeddedMetrics implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema());

  private final Logger logger = (Logger) LoggerFactory.getLogger(Metrics.LOGGER);
  private final JsonLines layout = new JsonLines();
  private final List<JsonNode> lines = new ArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(checked(layout.doLayout(event)));
        }
      };

  /** Begins to record. */
  public EmbeddedMetrics() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
  }

  private static String schema() {
    try (InputStream in = EmbeddedMetrics.class.getResourceAsStream("/emf.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a line as JSON if CloudWatch accepts its metrics. */
  public static JsonNode checked(String line) {
    assertThat(line).endsWith("\n").containsOnlyOnce("\n").hasSizeLessThan(256 * 1024);
    assertThat(SCHEMA.validate(line, InputFormat.JSON)).as(line).isEmpty();
    try {
      JsonNode read = JSON.readTree(line);
      for (JsonNode directive : read.path("_aws").path("CloudWatchMetrics")) {
        for (JsonNode metric : directive.path("Metrics")) {
          assertThat(read.path(metric.path("Name").asText()).isNumber()).as(line).isTrue();
        }
        for (JsonNode dimension : directive.path("Dimensions").path(0)) {
          assertThat(read.path(dimension.asText()).asText()).as(line).isNotBlank();
        }
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that have a metric of this name. */
  public List<JsonNode> with(String metric) {
    return lines.stream().filter(line -> line.has(metric)).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }
}
