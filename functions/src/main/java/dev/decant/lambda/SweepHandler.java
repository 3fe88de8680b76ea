package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.log.LogOutput;
import dev.decant.log.Metrics;
import dev.decant.log.Metrics.Unit;
import dev.decant.log.RunMetrics;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.sweep.Sweep;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code Sweep}, which EventBridge Scheduler calls every hour. It deletes what dead
 * runs left, and old snapshots. It takes a {@link SweepEvent}. A leftover that cannot be deleted is
 * reported, and the rest goes on.
 */
public final class SweepHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SweepHandler.class);

  private final Map<String, String> environment;
  private final InstantSource clock;

  /** The constructor for Lambda. Settings come from the environment, and logs are JSON lines. */
  public SweepHandler() {
    this(System.getenv());
    LogOutput.ofFunction(environment);
  }

  /** The constructor for a call on this machine, with these settings. */
  SweepHandler(Map<String, String> environment) {
    this(environment, InstantSource.system());
  }

  SweepHandler(Map<String, String> environment, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context,
        code -> "",
        () ->
            FunctionAnswer.write(
                answer(SweepEvent.read(input), context.getFunctionName()), output));
  }

  private Map<String, Object> answer(SweepEvent event, String function) {
    Settings settings = new Settings(environment);
    try (SnapshotStore store = Stores.open(Wiring.store(settings))) {
      SweepScope scope = SweepScope.of(settings, store, clock.instant());
      Sweep.Report report = Sweep.run(scope.kinds(), event.dryRun());
      log(report, event);
      if (Metrics.areWritten()) {
        measure(report, scope, function);
      }
      return answer(report, event, scope.notSwept());
    }
  }

  private static void log(Sweep.Report report, SweepEvent event) {
    report
        .deleted()
        .forEach(each -> LOG.info("deleted {} {}: {}", each.kind(), each.name(), each.why()));
    report
        .failed()
        .forEach(each -> LOG.warn("failed: {} {}: {}", each.kind(), each.name(), each.why()));
    LOG.atInfo()
        .addKeyValue("event", "swept")
        .addKeyValue("dryRun", event.dryRun())
        .addKeyValue("found", report.found().size())
        .addKeyValue("deleted", report.deleted().size())
        .addKeyValue("left", report.left().size())
        .addKeyValue("failed", report.failed().size())
        .log("deleted {} leftovers, {} failed", report.deleted().size(), report.failed().size());
  }

  /** The age is that of the newest snapshot that a reader would accept. */
  private static void measure(Sweep.Report report, SweepScope scope, String function) {
    Metrics metrics = new Metrics("sweep-metrics");
    metrics.group(Map.of("function", function)).add("Orphans", Unit.COUNT, report.failed().size());
    metrics.write("orphans");
    scope.newestGood().forEach(SweepHandler::measure);
  }

  private static void measure(SnapshotSummary newest) {
    RunMetrics run = new RunMetrics("sweep", newest.name().service(), newest.name().environment());
    Metrics metrics = run.end("swept");
    run.age(metrics, newest.takenAt());
    metrics.write("age of " + newest.name());
  }

  private static Map<String, Object> answer(
      Sweep.Report report, SweepEvent event, List<String> notSwept) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", report.failed().isEmpty() ? "swept" : "incomplete");
    answer.put("dryRun", event.dryRun());
    answer.put("found", entries(report.found()));
    answer.put("deleted", entries(report.deleted()));
    answer.put("left", entries(report.left()));
    answer.put("failed", entries(report.failed()));
    answer.put("notSwept", notSwept);
    return answer;
  }

  private static List<Map<String, String>> entries(List<Sweep.Entry> entries) {
    return entries.stream()
        .map(
            each -> {
              Map<String, String> entry = new LinkedHashMap<>();
              entry.put("kind", each.kind());
              entry.put("name", each.name());
              entry.put("why", each.why());
              return entry;
            })
        .toList();
  }
}
