package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.setting.Settings;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plans of dumps of sizes that no test can store. */
final class DumpPlanTest {
  private static final String FOLDER = "snapshots/shop/production/x_20260323-060000/";
  private static final long GB = 1_000_000_000;

  private static Map<String, @Nullable Object> plan(
      String key, long bytes, long largest, String scale) {
    Settings settings = new Settings(Map.of("DECANT_SCALE", scale, "DECANT_TASK_DISK", "1000"));
    return new DumpPlan(settings)
        .planned(
            new RawDump("raw", key),
            new DumpPlan.Found(bytes, largest, Instant.parse("2026-03-23T06:00:00Z"), null))
        .answer();
  }

  @Test
  void archiveThatIsTooLargeForOneTaskGetsSeveral() {
    Map<String, @Nullable Object> plan = plan(FOLDER, 200 * GB, 80 * GB, "true");
    assertThat(plan).containsEntry("worker", "fargate").containsEntry("bytes", 200 * GB);
    assertThat(plan.get("scale"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("major", "18")
        .containsEntry("storage", 1863L)
        .containsOnlyKeys("major", "storage", "expires");
    assertThat((String) plan.get("reason"))
        .contains("may need 1863 GiB of disk, and one task can have 1000 GiB.")
        .endsWith(" Several tasks share the archive.");
  }

  @Test
  void archiveThatFitsIntoOneTaskGetsOne() {
    Map<String, @Nullable Object> plan = plan(FOLDER, 100 * GB, 80 * GB, "true");
    assertThat(plan).containsEntry("worker", "fargate").containsEntry("scale", null);
    assertThat((String) plan.get("reason")).doesNotContain("everal tasks");
  }

  /** The task of such a file would have neither the time nor the disk for it. */
  @Test
  void archiveWithAFileThatIsTooLargeForAChunkGetsOneTask() {
    Map<String, @Nullable Object> plan = plan(FOLDER, 200 * GB, 90 * GB, "true");
    assertThat(plan).containsEntry("scale", null).containsEntry("disk", 1000L);
    assertThat((String) plan.get("reason"))
        .endsWith(" One file is too large for one of several tasks.");
  }

  @Test
  void dumpInOneFileGetsOneTask() {
    String key = "snapshots/shop/production/x_20260323-060000.dump";
    assertThat(plan(key, 200 * GB, 10 * GB, "true")).containsEntry("scale", null);
  }

  @Test
  void archiveGetsOneTaskUnlessScaleIsOn() {
    assertThat(plan(FOLDER, 200 * GB, 80 * GB, "false")).containsEntry("scale", null);
  }
}
