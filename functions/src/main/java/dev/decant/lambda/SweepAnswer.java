package dev.decant.lambda;

import dev.decant.log.Metrics;
import dev.decant.log.Metrics.Unit;
import dev.decant.sweep.Sweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer, the log and the metric of a function that sweeps. */
final class SweepAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(SweepAnswer.class);

  private SweepAnswer() {}

  /**
   * Logs a report, writes the metric {@code Orphans}, and makes the answer.
   *
   * @param function the name of the function, which is the dimension of the metric
   * @param notSwept what the function does not look for, and why, as sentences
   */
  static Map<String, Object> of(
      Sweep.Report report, SweepEvent event, String function, List<String> notSwept) {
    log(report, event);
    if (Metrics.areWritten()) {
      Metrics metrics = new Metrics("sweep-metrics");
      metrics
          .group(Map.of("function", function))
          .add("Orphans", Unit.COUNT, report.failed().size());
      metrics.write("orphans");
    }
    return answer(report, event, notSwept);
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
