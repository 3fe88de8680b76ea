package dev.decant.lambda;

import dev.decant.aws.Secrets;
import dev.decant.manifest.Retention;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.setting.Keys;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.sweep.AwsLeftovers;
import dev.decant.sweep.Leftovers;
import dev.decant.sweep.OldSnapshots;
import dev.decant.sweep.ScratchLeftovers;
import dev.decant.sweep.StoreLeftovers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds of leftovers that {@code Sweep} looks for, by its settings.
 *
 * @param old the old snapshots, if the settings have a retention
 * @param notSwept what it does not look for, and why, as phrases
 */
record SweepScope(List<Leftovers> kinds, Optional<OldSnapshots> old, List<String> notSwept) {
  private static final Logger LOG = LoggerFactory.getLogger(SweepScope.class);

  SweepScope {
    kinds = List.copyOf(kinds);
    notSwept = List.copyOf(notSwept);
  }

  /** Reads the settings. The caller owns the store. */
  static SweepScope of(Settings settings, SnapshotStore store, Instant now) {
    List<Leftovers> kinds = new ArrayList<>();
    List<String> notSwept = new ArrayList<>();
    Optional<String> workflow = settings.value(Setting.WORKFLOW);
    Optional<String> cluster = settings.value(Setting.CLUSTER);
    if (workflow.isPresent() && cluster.isPresent()) {
      kinds.addAll(AwsLeftovers.of(workflow.get(), cluster.get(), now));
    } else {
      notSwept.add(
          "RDS, ECS, EBS and secrets, because DECANT_WORKFLOW and DECANT_CLUSTER are not both"
              + " set.");
    }
    if (settings.scratch().equals("embedded")) {
      notSwept.add("Scratch databases, because DECANT_SCRATCH names no server.");
    } else {
      kinds.add(new ScratchLeftovers(() -> ScratchUrl.of(settings, Secrets::read)));
    }
    kinds.addAll(StoreLeftovers.of(store, now));
    Optional<OldSnapshots> old = old(settings, store, now);
    old.ifPresentOrElse(
        kinds::add, () -> notSwept.add("Old snapshots, because DECANT_KEEP_DAYS is not set."));
    notSwept.add(
        "Databases that killed refreshes left on targets, which this function cannot reach. The"
            + " function SweepTargets and `decant sweep --targets FILE` drop them.");
    return new SweepScope(kinds, old, notSwept);
  }

  private static Optional<OldSnapshots> old(Settings settings, SnapshotStore store, Instant now) {
    int last = settings.positive(Setting.KEEP_LAST).orElse(1);
    Keys keys = new Keys(settings, Secrets::read, LOG::warn);
    return settings
        .positive(Setting.KEEP_DAYS)
        .map(days -> new Retention(days, last))
        .map(rule -> new OldSnapshots(rule, store, keys.verifyKey().orElse(null), now));
  }

  /** The newest good snapshot of each service and environment, after the sweep. */
  Collection<SnapshotSummary> newestGood() {
    return old.map(OldSnapshots::newestGood).orElseGet(Map::of).values();
  }
}
