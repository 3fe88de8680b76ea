package dev.decant.lambda;

import dev.decant.aws.RunResources;
import dev.decant.manifest.SnapshotName;
import dev.decant.setting.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code PlanRun}. Each answer has all fields, because Step Functions fails if a path
 * leads to a field that does not exist.
 */
final class RunPlan {
  /** No run takes so long. */
  private static final Duration LIFE = Duration.ofDays(4);

  /** From 400 GiB on, a gp3 volume of RDS for PostgreSQL has 12,000 IOPS and 500 MiB/s. */
  private static final long LEAST_STORAGE = 400;

  /** The most that an instance of RDS for PostgreSQL can have. */
  private static final long MOST_STORAGE = 65_536;

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private RunPlan(String worker, String reason, @Nullable String source) {
    fields.put("worker", worker);
    fields.put("reason", reason);
    fields.put("source", source);
    for (String each :
        new String[] {"service", "environment", "name", "bytes", "etag", "run", "disk"}) {
      fields.put(each, null);
    }
    fields.put("volume", false);
    fields.put("engine", null);
    fields.put("engineVersion", null);
    fields.put("rds", null);
    fields.put("scale", null);
  }

  static RunPlan skip(String reason, @Nullable String source) {
    return new RunPlan("skip", reason, source);
  }

  static RunPlan of(String worker, String reason, String source, SnapshotName name) {
    RunPlan plan = new RunPlan(worker, reason, source);
    plan.fields.put("service", name.service());
    plan.fields.put("environment", name.environment());
    plan.fields.put("name", name.name());
    return plan;
  }

  RunPlan with(String field, @Nullable Object value) {
    if (!fields.containsKey(field)) {
      throw new IllegalArgumentException(field);
    }
    fields.put(field, value);
    return this;
  }

  /** The disk of the task in GiB. More than the ephemeral storage can have needs a volume. */
  RunPlan withDisk(long disk, Settings settings) {
    long granted = Math.min(disk, settings.taskDisk());
    return with("disk", granted).with("volume", granted > WorkerLimits.MOST_EPHEMERAL);
  }

  /**
   * The scratch server that the tasks of the run share.
   *
   * @param major the major version of PostgreSQL
   * @param disk the GiB that one task would need
   */
  RunPlan withServer(String major, long disk) {
    return with(
        "scale",
        Map.of(
            "major",
            major,
            "storage",
            Math.clamp(disk, LEAST_STORAGE, MOST_STORAGE),
            "expires",
            expires()));
  }

  /**
   * The time after which the sweeper deletes a resource of a run that has ended, if AWS does not
   * state how old the resource is.
   */
  static String expires() {
    return Instant.now().plus(LIFE).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Map<String, @Nullable Object> answer() {
    return fields;
  }

  /**
   * The ID of a run, which is part of the names of its resources.
   *
   * @param execution the name of the execution; without one, the source stands for it
   */
  static String run(@Nullable String execution, String source) {
    return RunResources.run(execution == null ? source : execution);
  }
}
