package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The charts of a report: the times of the stages, and the sizes of the tables. */
final class ReportFigures {
  private static final int MOST_TABLES = 15;

  /**
   * A bar of a chart.
   *
   * @param part whether the bar shows a part of the bar before
   * @param width from 0 to 100
   */
  record Bar(String label, String value, boolean part, String width) {}

  /** The charts. */
  record View(String took, List<Bar> stages, List<Bar> sizes, String others) {}

  private ReportFigures() {}

  static View of(Manifest manifest) {
    Manifest.Run run = manifest.run();
    Duration took = Duration.between(run.startedAt(), run.finishedAt());
    List<Bar> sizes = sizes(manifest);
    long tables = manifest.tables().stream().filter(t -> !t.truncated()).count();
    return new View(
        seconds(took.toMillis()),
        stages(Objects.requireNonNullElse(run.stages(), List.of())),
        sizes,
        tables > sizes.size() ? Quantity.counted(tables - sizes.size(), "smaller table") : "");
  }

  /** The stages, each followed by its parts. The parts stand before their stage in the manifest. */
  private static List<Bar> stages(List<Manifest.Stage> stages) {
    Map<String, List<Manifest.Stage>> grouped = new LinkedHashMap<>();
    for (Manifest.Stage stage : stages) {
      grouped.computeIfAbsent(whole(stage), name -> new ArrayList<>()).add(stage);
    }
    long longest = stages.stream().mapToLong(Manifest.Stage::milliseconds).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    for (List<Manifest.Stage> group : grouped.values()) {
      group.sort(Comparator.comparing(stage -> isPart(stage)));
      group.forEach(
          stage ->
              bars.add(
                  new Bar(
                      isPart(stage)
                          ? stage.stage().substring(whole(stage).length() + 1).strip()
                          : stage.stage(),
                      seconds(stage.milliseconds()),
                      isPart(stage),
                      width(stage.milliseconds(), longest))));
    }
    return bars;
  }

  private static String whole(Manifest.Stage stage) {
    return isPart(stage) ? stage.stage().substring(0, stage.stage().indexOf(':')) : stage.stage();
  }

  private static boolean isPart(Manifest.Stage stage) {
    return stage.stage().indexOf(':') > 0;
  }

  private static List<Bar> sizes(Manifest manifest) {
    var sizes = ReportTables.sizes(manifest);
    List<Manifest.Table> largest =
        manifest.tables().stream()
            .filter(table -> !table.truncated())
            .sorted(
                Comparator.comparingLong((Manifest.Table t) -> sizes.getOrDefault(t.table(), 0L))
                    .reversed()
                    .thenComparing(Manifest.Table::table))
            .limit(MOST_TABLES)
            .toList();
    long most = largest.isEmpty() ? 0 : sizes.getOrDefault(largest.getFirst().table(), 0L);
    return largest.stream()
        .map(
            t -> {
              long size = sizes.getOrDefault(t.table(), 0L);
              return new Bar(
                  t.table().toString(),
                  Quantity.bytes(size) + ", " + Quantity.counted(t.rowsOut(), "row"),
                  false,
                  width(size, most));
            })
        .toList();
  }

  private static String width(long part, long all) {
    return all == 0 ? "0" : String.format(Locale.ROOT, "%.1f", 100.0 * part / all);
  }

  private static String seconds(long milliseconds) {
    if (milliseconds > 0 && milliseconds < 50) {
      return "below 0.1 s";
    }
    long minutes = milliseconds / 60_000;
    return minutes >= 2
        ? Quantity.count(minutes) + " min " + milliseconds / 1000 % 60 + " s"
        : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
  }
}
