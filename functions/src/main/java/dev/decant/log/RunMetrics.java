package dev.decant.log;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.log.Metrics.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The metrics that every operation has: its time, its failures, and the time of its stages. They
 * have the dimensions operation, service and environment. The run begins when the object is made.
 */
public final class RunMetrics {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  private final String operation;
  private final String service;
  private final String environment;
  private final Instant begun = Instant.now();

  /**
   * @param operation {@code sanitize} or {@code refresh}
   * @param service the service of the snapshot
   * @param environment the environment of the snapshot
   */
  public RunMetrics(String operation, String service, String environment) {
    this.operation = operation;
    this.service = service;
    this.environment = environment;
  }

  /**
   * Does the work of the run and reports how it ended.
   *
   * @param ended gets the result
   * @param failed gets the code of the failure, which is then thrown
   */
  public static <T> T watch(Supplier<T> work, Consumer<T> ended, Consumer<ErrorCode> failed) {
    T result;
    try {
      result = work.get();
    } catch (DecantException e) {
      failed.accept(e.code());
      throw e;
    } catch (RuntimeException | Error e) {
      failed.accept(ErrorCode.BUG);
      throw e;
    }
    ended.accept(result);
    return result;
  }

  /** Begins the metrics at the end of the run. */
  public Metrics end(String status) {
    return new Metrics(operation + "-metrics").with("status", status);
  }

  /** The group of metrics with the dimensions of the operation, with its time and failures. */
  public Metrics.Group ofOperation(Metrics metrics, int failures) {
    return metrics
        .group(dimensions(true))
        .add("Seconds", Unit.SECONDS, seconds(Duration.between(begun, Instant.now())))
        .add("Failures", Unit.COUNT, failures);
  }

  /** Adds the age of the newest snapshot, which has no operation among its dimensions. */
  public void age(Metrics metrics, Instant takenAt) {
    double age = seconds(Duration.between(takenAt, Instant.now()));
    metrics
        .group(dimensions(false))
        .add("SnapshotAgeHours", Unit.NONE, Math.max(0, age) / SECONDS_OF_AN_HOUR);
  }

  /**
   * Writes a line for each stage, but not for parts of stages, which have a colon in their names.
   */
  public void stages(Map<String, Duration> times) {
    times.forEach(
        (stage, time) -> {
          if (!stage.contains(":")) {
            Metrics line = new Metrics("stage-metrics");
            Map<String, String> dimensions = dimensions(true);
            dimensions.put("stage", stage);
            line.group(dimensions).add("StageSeconds", Unit.SECONDS, seconds(time));
            line.write("stage " + stage);
          }
        });
  }

  private Map<String, String> dimensions(boolean withOperation) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    if (withOperation) {
      dimensions.put("operation", operation);
    }
    dimensions.put("service", service);
    dimensions.put("environment", environment);
    return dimensions;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
