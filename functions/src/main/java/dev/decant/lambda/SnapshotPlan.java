package dev.decant.lambda;

import dev.decant.aws.AwsErrors;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.RawKey;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * Plans the run of a snapshot of RDS. A snapshot that RDS announced and that cannot be sanitized is
 * skipped with the reason, because one rule hears of all snapshots of an account. If a person names
 * such a snapshot, that is an error.
 */
final class SnapshotPlan {
  private static final Set<String> ENGINES = Set.of("postgres", "aurora-postgresql");
  private static final Set<String> UNFINISHED = Set.of("creating", "copying", "backing-up");
  private static final long GIB = 1L << 30;

  private static final AwsErrors ERRORS =
      new AwsErrors(ErrorCode.SOURCE_NOT_FOUND, ErrorCode.DATABASE_UNAVAILABLE);

  private final Settings settings;
  private final WorkerLimits limits;
  private final String account;

  /**
   * @param function the ARN of this function, which names the account
   */
  SnapshotPlan(Settings settings, String function) {
    this.settings = settings;
    this.limits = new WorkerLimits(settings);
    String[] parts = function.split(":", -1);
    this.account = parts.length > 4 ? parts[4] : "";
  }

  RunPlan of(PlanEvent.Snapshot event, String run) {
    SnapshotArn arn = event.arn();
    if (arn.isOwn()) {
      return unsuitable(event, "The snapshot " + arn.id() + " belongs to a run of decant.");
    }
    Optional<RdsSnapshot> found = find(arn);
    if (found.isEmpty()) {
      return unsuitable(event, "The snapshot " + arn.text() + " does not exist any more.");
    }
    RdsSnapshot snapshot = found.get();
    if (UNFINISHED.contains(snapshot.status())) {
      throw new DecantException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The snapshot " + arn.text() + " is still being made. Try again when it is available.");
    }
    if (!snapshot.status().equals("available")) {
      return unsuitable(
          event, "The snapshot " + arn.text() + " has the status " + snapshot.status() + ".");
    }
    if (!ENGINES.contains(snapshot.engine())) {
      return unsuitable(
          event,
          "The snapshot " + arn.text() + " is of " + snapshot.engine() + ", not PostgreSQL.");
    }
    if (snapshot.database().startsWith(SnapshotArn.OWN)) {
      return unsuitable(event, "The snapshot " + arn.id() + " is of an instance of decant.");
    }
    return planned(snapshot, arn, run);
  }

  private static RunPlan unsuitable(PlanEvent.Snapshot event, String reason) {
    if (event.byHand()) {
      throw new DecantException(
          ErrorCode.SOURCE_NOT_FOUND,
          reason + " Name an available snapshot of PostgreSQL or Aurora PostgreSQL.");
    }
    return RunPlan.skip(reason, event.arn().text());
  }

  private Optional<RdsSnapshot> find(SnapshotArn arn) {
    try (RdsClient client = ScratchInstance.client()) {
      return RdsSnapshot.find(client, arn, isShared(arn));
    } catch (SdkException e) {
      throw ERRORS.failure(
          arn.cluster() ? "rds:DescribeDBClusterSnapshots" : "rds:DescribeDBSnapshots",
          arn.text(),
          e);
    }
  }

  private boolean isShared(SnapshotArn arn) {
    return !account.isEmpty() && !arn.account().equals(account);
  }

  private RunPlan planned(RdsSnapshot snapshot, SnapshotArn arn, String run) {
    RawKey name =
        new RawKey(
            tagOrSetting(snapshot, "decant:service", Setting.SERVICE, snapshot.database()),
            tagOrSetting(snapshot, "decant:environment", Setting.ENVIRONMENT, "production"),
            snapshot.database());
    long bytes = snapshot.gibibytes() * GIB;
    // The clusters of older versions of Aurora state 0 or 1 GiB, whatever they hold.
    long disk =
        snapshot.gibibytes() > 1
            ? limits.disk(bytes)
            : Math.min(settings.taskDisk(), WorkerLimits.MOST_EPHEMERAL);
    boolean scale = settings.scale() && !limits.fitsTask(disk);
    RunPlan plan =
        RunPlan.of(
            "rds",
            "The snapshot is restored to a private instance, and "
                + (scale ? "several tasks read it." : "a task reads it."),
            arn.text(),
            name.at(Optional.of(snapshot.taken())));
    if (scale) {
      plan.withServer(snapshot.engineVersion().split("\\.", 2)[0], disk);
    }
    return plan.with("bytes", bytes)
        .with("run", run)
        .with("engine", snapshot.engine())
        .with("engineVersion", snapshot.engineVersion())
        .with("rds", restore(snapshot, arn, run))
        .withDisk(disk, settings);
  }

  private String tagOrSetting(RdsSnapshot snapshot, String tag, Setting setting, String preset) {
    return Optional.ofNullable(snapshot.tags().get(tag))
        .filter(value -> !value.isBlank())
        .or(() -> settings.value(setting))
        .orElse(preset);
  }

  private Map<String, @Nullable Object> restore(RdsSnapshot snapshot, SnapshotArn arn, String run) {
    String instance = SnapshotArn.OWN + "scratch-" + run;
    Map<String, @Nullable Object> restore = new LinkedHashMap<>();
    restore.put("kind", arn.cluster() ? "cluster" : "instance");
    // An automated snapshot is restored by its ID, and a shared one by its ARN.
    restore.put("snapshot", isShared(arn) ? arn.text() : arn.id());
    // The disk of the restored instance is then encrypted with a key of this account, too.
    restore.put("copy", isShared(arn) || !snapshot.hasKeyOf(account));
    restore.put("copyName", SnapshotArn.OWN + "copy-" + run);
    restore.put("instance", instance);
    restore.put("cluster", arn.cluster() ? instance : null);
    restore.put("sourceCluster", arn.cluster() && !isShared(arn) ? snapshot.database() : null);
    restore.put("expires", RunPlan.expires());
    restore.put("master", snapshot.master());
    restore.put("port", snapshot.port());
    restore.put("storageType", snapshot.storageType());
    restore.put("encrypted", snapshot.encrypted());
    return restore;
  }
}
