package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.log.Metrics;
import dev.decant.log.Metrics.Unit;
import dev.decant.log.RunMetrics;
import dev.decant.manifest.Snapshots;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines at the beginning and the end of a run, and its metrics. {@code docs/operations.md}
 * lists the events and the metrics.
 */
final class SanitizeEvents {
  private static final Logger LOG = LoggerFactory.getLogger(SanitizeEvents.class);

  private final SanitizeRequest request;
  private final RunMetrics run;

  private SanitizeEvents(SanitizeRequest request) {
    this.request = request;
    this.run = new RunMetrics("sanitize", request.name().service(), request.name().environment());
  }

  /** Does the work of a run between its first and its last log line. */
  static SanitizeResult around(SanitizeRequest request, Supplier<SanitizeResult> work) {
    SanitizeEvents events = new SanitizeEvents(request);
    LOG.atInfo()
        .addKeyValue("event", "sanitize-begin")
        .addKeyValue("source", request.source().uri())
        .addKeyValue("snapshot", request.name().toString())
        .log("sanitizing {} as {}", request.source().uri(), request.name());
    return RunMetrics.watch(work, events::ended, events::failed);
  }

  private void ended(SanitizeResult result) {
    LOG.atInfo()
        .addKeyValue("event", "sanitize-end")
        .addKeyValue("snapshot", result.name().toString())
        .addKeyValue("status", result.status())
        .addKeyValue("rowsIn", result.rowsIn())
        .addKeyValue("rows", result.rowsOut())
        .addKeyValue("bytes", result.dumpBytes())
        .log("{} {}", result.status(), result.name());
    if (Metrics.areWritten()) {
      Metrics metrics = run.end(result.status());
      Metrics.Group group = checks(run.ofOperation(metrics, 0), null);
      if (result instanceof SanitizeResult.Published published) {
        group
            .add("RowsIn", Unit.COUNT, published.rowsIn())
            .add("Rows", Unit.COUNT, published.rowsOut())
            .add("Bytes", Unit.BYTES, published.dumpBytes())
            .add("Assertions", Unit.COUNT, published.findings().assertions())
            .add("NotVerified", Unit.COUNT, published.notVerified().size());
      }
      write(metrics);
      run.stages(result.timings());
    }
  }

  private void failed(ErrorCode code) {
    if (Metrics.areWritten()) {
      Metrics metrics = run.end("failed").with("code", code.name());
      checks(run.ofOperation(metrics, 1), code);
      if (code.kind() == ErrorKind.STORE) {
        metrics.write("metrics of " + request.name()); // The store cannot be listed either.
      } else {
        write(metrics);
      }
    }
  }

  /** Adds whether a check ended the run. A run that succeeds adds zeros. */
  private static Metrics.Group checks(Metrics.Group group, @Nullable ErrorCode code) {
    return group
        .add("Leaks", Unit.COUNT, code == ErrorCode.LEAK_FOUND ? 1 : 0)
        .add("FailedAssertions", Unit.COUNT, code == ErrorCode.ASSERTION_FAILED ? 1 : 0);
  }

  /** Adds the age of the newest snapshot, and writes the line. */
  private void write(Metrics metrics) {
    try {
      new Snapshots(request.store())
          .newest(1, request.name().service(), request.name().environment()).snapshots().stream()
              .findFirst()
              .ifPresent(newest -> run.age(metrics, newest.takenAt()));
    } catch (DecantException e) {
      LOG.warn("The age of the newest snapshot is not known: {}", e.getMessage());
    }
    metrics.with("snapshot", request.name().toString()).write("metrics of " + request.name());
  }
}
