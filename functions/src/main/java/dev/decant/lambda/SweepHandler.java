package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.log.LogOutput;
import dev.decant.log.Metrics;
import dev.decant.log.RunMetrics;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.sweep.Sweep;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * The function {@code Sweep}, which EventBridge Scheduler calls every hour. It deletes what dead
 * runs left, and old snapshots. It takes a {@link SweepEvent}. A leftover that cannot be deleted is
 * reported, and the rest goes on.
 */
public final class SweepHandler implements RequestStreamHandler {
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
                answer(SweepEvent.read("Sweep", input), context.getFunctionName()), output));
  }

  private Map<String, Object> answer(SweepEvent event, String function) {
    Settings settings = new Settings(environment);
    try (SnapshotStore store = Stores.open(Wiring.store(settings))) {
      SweepScope scope = SweepScope.of(settings, store, clock.instant());
      Sweep.Report report = Sweep.run(scope.kinds(), event.dryRun());
      Map<String, Object> answer = SweepAnswer.of(report, event, function, scope.notSwept());
      if (Metrics.areWritten()) {
        scope.newestGood().forEach(SweepHandler::measure);
      }
      return answer;
    }
  }

  /** The age is that of the newest snapshot that a reader would accept. */
  private static void measure(SnapshotSummary newest) {
    RunMetrics run = new RunMetrics("sweep", newest.name().service(), newest.name().environment());
    Metrics metrics = run.end("swept");
    run.age(metrics, newest.takenAt());
    metrics.write("age of " + newest.name());
  }
}
