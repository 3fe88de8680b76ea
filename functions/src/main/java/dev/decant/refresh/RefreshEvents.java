package dev.decant.refresh;

import dev.decant.error.ErrorCode;
import dev.decant.log.Metrics;
import dev.decant.log.Metrics.Unit;
import dev.decant.log.RunMetrics;
import dev.decant.target.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines at the beginning and the end of a refresh, and its metrics. {@code
 * docs/operations.md} lists the events and the metrics.
 */
final class RefreshEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshEvents.class);

  private final Target target;
  private final RunMetrics run;

  private RefreshEvents(Target target) {
    this.target = target;
    this.run =
        new RunMetrics("refresh", target.snapshots().service(), target.snapshots().environment());
  }

  /** Does the work of a refresh between its first and its last log line. */
  static RefreshResult around(RefreshRequest request, Supplier<RefreshResult> work) {
    RefreshEvents events = new RefreshEvents(request.target());
    LOG.atInfo()
        .addKeyValue("event", "refresh-begin")
        .addKeyValue("target", request.target().name())
        .log("refreshing {}", request.target().name());
    return RunMetrics.watch(work, events::ended, events::failed);
  }

  private void ended(RefreshResult result) {
    if (result instanceof RefreshResult.Repeated repeated) {
      LOG.atInfo()
          .addKeyValue("event", "refresh-repeated")
          .addKeyValue("target", target.name())
          .addKeyValue("snapshot", repeated.snapshot())
          .log("a run with this token refreshed {} before", target.name());
      return;
    }
    if (!(result instanceof RefreshResult.Refreshed refreshed)) {
      LOG.atInfo().addKeyValue("event", "refresh-planned").log("planned {}", target.name());
      return;
    }
    long rows = refreshed.rows().values().stream().mapToLong(Long::longValue).sum();
    LOG.atInfo()
        .addKeyValue("event", "refresh-end")
        .addKeyValue("target", target.name())
        .addKeyValue("snapshot", refreshed.content().snapshot())
        .addKeyValue("rows", rows)
        .log("refreshed {} from {}", target.name(), refreshed.content().snapshot());
    if (Metrics.areWritten()) {
      Metrics metrics = run.end("refreshed").with("target", target.name());
      run.ofOperation(metrics, 0)
          .add("Rows", Unit.COUNT, rows)
          .add("Assertions", Unit.COUNT, refreshed.checks().size())
          .add("DowntimeSeconds", Unit.SECONDS, refreshed.activity().downtimeMillis() / 1000.0);
      metrics.write("metrics of " + target.name());
      Map<String, Duration> steps = new LinkedHashMap<>();
      refreshed.activity().millis().forEach((step, ms) -> steps.put(step, Duration.ofMillis(ms)));
      run.stages(steps);
    }
  }

  private void failed(ErrorCode code) {
    if (Metrics.areWritten()) {
      Metrics metrics = run.end("failed").with("target", target.name()).with("code", code.name());
      run.ofOperation(metrics, 1);
      metrics.write("metrics of " + target.name());
    }
  }
}
