package dev.decant.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The metrics of one event, which are a part of its log line. CloudWatch Logs reads them from the
 * member {@code _aws}, whose form is the embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * Metrics are written only if the log has the format {@code json}.
 */
public final class Metrics {
  /** The units that decant uses, as CloudWatch names them. */
  public enum Unit {
    COUNT("Count"),
    BYTES("Bytes"),
    SECONDS("Seconds"),
    NONE("None");

    private final String name;

    Unit(String name) {
      this.name = name;
    }
  }

  static final String NAMESPACE = "decant";
  static final String LOGGER = "dev.decant.metric";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private final String event;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final List<Map<String, Object>> directives = new ArrayList<>();

  /**
   * Begins the metrics of an event.
   *
   * @param event the name of the event, for filters over the log
   */
  public Metrics(String event) {
    this.event = event;
  }

  /** Whether metrics are written. If not, nothing needs to be computed for them. */
  public static boolean areWritten() {
    return LOG.isInfoEnabled();
  }

  /** Adds a member of the line that is no metric, such as the name of the snapshot. */
  public Metrics with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** Begins a group of metrics that have these dimensions. Their names must be different. */
  public Group group(Map<String, String> dimensions) {
    members.putAll(dimensions);
    List<Map<String, String>> definitions = new ArrayList<>();
    directives.add(
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.copyOf(dimensions.keySet())),
            "Metrics", definitions));
    return new Group(definitions);
  }

  /** Writes the line. */
  public void write(String message) {
    LoggingEventBuilder line = LOG.atInfo().addKeyValue("event", event);
    for (Map.Entry<String, Object> member : members.entrySet()) {
      line = line.addKeyValue(member.getKey(), member.getValue());
    }
    line.addKeyValue(
            "_aws",
            Map.of("Timestamp", System.currentTimeMillis(), "CloudWatchMetrics", directives))
        .log(message);
  }

  /** Metrics with the same dimensions. */
  public final class Group {
    private final List<Map<String, String>> definitions;

    private Group(List<Map<String, String>> definitions) {
      this.definitions = definitions;
    }

    /** Adds a metric that is a whole number. */
    public Group add(String name, Unit unit, long value) {
      return put(name, unit, value);
    }

    /** Adds a metric. */
    public Group add(String name, Unit unit, double value) {
      return put(name, unit, value);
    }

    private Group put(String name, Unit unit, Number value) {
      definitions.add(Map.of("Name", name, "Unit", unit.name));
      members.put(name, value);
      return this;
    }
  }
}
