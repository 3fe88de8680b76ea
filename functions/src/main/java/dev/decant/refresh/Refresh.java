package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.StoredFrames;
import dev.decant.hook.HookResult;
import dev.decant.hook.Hooks;
import dev.decant.hook.Phase;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.manifest.WholeSnapshot;
import dev.decant.postgres.Queries;
import dev.decant.target.Hook;
import dev.decant.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The use case "refresh": a target gets the rows of a sanitized snapshot. The snapshot is loaded
 * into a new database beside the old one, changed as the targets file says, checked, and swapped
 * in. If a step before the swap fails, staging is unchanged.
 */
public final class Refresh {
  private final TargetRun run;
  private final RefreshRequest request;
  private final Target target;
  private final Manifest manifest;
  private final String snapshot;
  private final List<HookResult> before = new ArrayList<>();
  private final List<HookResult> after = new ArrayList<>();
  private final StoredFrames frames;
  private long downtime;

  private Refresh(TargetRun run, Manifest manifest) {
    this.run = run;
    this.request = run.request;
    this.target = request.target();
    this.manifest = manifest;
    this.snapshot = manifest.snapshot().toString();
    this.frames =
        new StoredFrames(snapshot(request).store(), manifest.snapshot().key(SnapshotName.DUMP));
  }

  /**
   * Refreshes a target.
   *
   * @throws DecantException {@link ErrorCode#REFUSED} if a guard fails, before anything is changed;
   *     otherwise with the code of the step that failed
   */
  public static RefreshResult run(RefreshRequest request) {
    return RefreshEvents.around(request, () -> locked(request));
  }

  private static RefreshResult locked(RefreshRequest request) {
    return TargetRun.within(
        request,
        run -> {
          Optional<RefreshResult> first = RefreshToken.firstOutcome(run);
          if (first.isPresent()) {
            return first.get();
          }
          List<String> warnings = new ArrayList<>();
          Manifest manifest = manifest(request, warnings);
          warnings.forEach(request.progress()::message);
          run.warnings.addAll(warnings);
          return new Refresh(run, manifest).run();
        });
  }

  /** The manifest of the snapshot, which must belong to the target's service and be signed. */
  private static Manifest manifest(RefreshRequest request, List<String> warnings) {
    Target.Snapshots whose = request.target().snapshots();
    RefreshRequest.Snapshot wanted = snapshot(request);
    requireKey(request.target(), wanted);
    SnapshotName name =
        new Snapshots(wanted.store()).resolve(wanted.name(), whose.service(), whose.environment());
    if (!name.service().equals(whose.service())
        || !name.environment().equals(whose.environment())) {
      throw RefreshErrors.refused(
          request.target(),
          "It takes snapshots of "
              + whose
              + ", but "
              + name
              + " belongs to another service or environment. Choose another snapshot, or"
              + " correct snapshots in the targets file.");
    }
    WholeSnapshot snapshot = WholeSnapshot.read(wanted.store(), name, wanted.verifyKey());
    snapshot.warning().ifPresent(warnings::add);
    return snapshot.manifest();
  }

  /** Without a public key, anybody who can write to the store could fill staging. */
  private static void requireKey(Target target, RefreshRequest.Snapshot wanted) {
    if (wanted.verifyKey() == null
        && !wanted.allowUnsigned()
        && !target.snapshots().allowUnsigned()) {
      throw RefreshErrors.refused(
          target,
          "No public key is configured, so nothing would prove who made the snapshot. Set"
              + " DECANT_VERIFY_KEY or --verify-key to the public key of the publisher. To accept"
              + " snapshots without a check of their signatures, give --allow-unsigned, or set"
              + " allow-unsigned: true in the targets file.");
    }
  }

  private static RefreshRequest.Snapshot snapshot(RefreshRequest request) {
    return Objects.requireNonNull(request.snapshot(), "a refresh needs a snapshot");
  }

  private RefreshResult run() {
    SnapshotGuard guard = new SnapshotGuard(target, run.server, run.maintenance);
    if (Snapshots.isLatest(snapshot(request).name())) {
      guard.requireNotOlder(manifest);
    }
    guard.check(manifest);
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    guard.checkSchema(manifest, schema);
    run.warnings.addAll(guard.warnings());
    new TargetSqlCheck(run).check(manifest, frames, schema);
    if (request.options().dryRun()) {
      List<Hook> hooks = new ArrayList<>(target.hooks().before());
      hooks.addAll(target.hooks().migrate());
      hooks.addAll(target.hooks().after());
      run.warnings.addAll(Hooks.unreachable(hooks));
      List<String> plan = RefreshPlan.of(target, run, manifest, schema);
      return new RefreshResult.Planned(
          run.location(),
          RefreshResult.Content.of(manifest),
          null,
          target.changes().keepTables(),
          plan,
          run.activity(0));
    }
    String next = run.nextName();
    String owner = run.maintenance.owner();
    String history = run.maintenance.historyDatabase();
    try (RefreshHistory entry =
        RefreshHistory.begin(
            run.server.connect(history),
            target,
            run.server.database(),
            "refresh",
            snapshot,
            manifest.source().takenAt())) {
      entry.token(request.options().token());
      request.listeners().steps().done(RefreshStep.GUARDS);
      return refresh(entry, new DatabasePreparation(run, manifest, frames, schema, owner, next));
    }
  }

  private RefreshResult refresh(RefreshHistory history, DatabasePreparation preparation) {
    String next = preparation.database();
    String previous = run.previousName();
    NextDatabase database = new NextDatabase(run.maintenance, run.server.database(), next);
    try {
      run.step(history, RefreshStep.LEFTOVERS, this::dropLeftovers);
      preparation.run(history, database, () -> hooks(Phase.MIGRATE, next));
      run.step(history, RefreshStep.BEFORE_HOOKS, () -> before(next));
      DatabaseSwap swap =
          new DatabaseSwap(run.server, history, RefreshErrors.UNCHANGED, run.guard::check);
      run.step(
          history,
          RefreshStep.SWAP,
          () -> downtime = swap.run(database, previous, run.names.previousMark()));
      run.step(history, RefreshStep.AFTER_HOOKS, () -> hooks(Phase.AFTER, run.server.database()));
    } catch (DecantException e) {
      throw new RefreshUndo(run, snapshot, database, previous)
          .run(history, before, after, run.guard.orEnd(e));
    }
    finish(history);
    String kept = database.oldExists() && target.keepPrevious() > 0 ? previous : null;
    return new RefreshResult.Refreshed(
        run.location(),
        RefreshResult.Content.of(manifest),
        new TreeMap<>(preparation.rows()),
        target.changes().keepTables(),
        preparation.checks(),
        kept,
        run.activity(downtime));
  }

  /**
   * Completes the history and drops old previous databases. Staging is already refreshed, so a
   * failure here is only a warning.
   */
  private void finish(RefreshHistory history) {
    long begin = System.nanoTime();
    try (RefreshHistory again = history.again(run.server);
        MaintenanceConnection maintenance = MaintenanceConnection.open(run.server)) {
      again.done(downtime);
      again.step(RefreshStep.PRUNE);
      prune(maintenance);
    } catch (DecantException e) {
      run.warnings.add("Staging is refreshed, but a step after it failed: " + e.getMessage());
    }
    run.millis.put(RefreshStep.PRUNE.label(), (System.nanoTime() - begin) / 1_000_000);
    request.listeners().steps().done(RefreshStep.PRUNE);
  }

  private void dropLeftovers() {
    for (String leftover :
        Queries.texts(
            run.maintenance.connection(),
            run.names.leftovers(),
            "looking for databases of killed runs")) {
      if (run.maintenance.drop(leftover)) {
        request
            .progress()
            .message("Dropped the database " + leftover + " of a run that did not finish.");
      }
    }
  }

  private void before(String next) {
    hooks(Phase.BEFORE, next);
    new SessionGuard(target, run.server, run.maintenance).requireNone(run.guard::check);
  }

  private void hooks(Phase phase, String database) {
    List<Hook> wanted =
        switch (phase) {
          case BEFORE -> target.hooks().before();
          case MIGRATE -> target.hooks().migrate();
          case AFTER -> target.hooks().after();
        };
    List<HookResult> ran = phase == Phase.AFTER ? after : before;
    try {
      run.hooks(wanted, phase, database, snapshot, ran);
    } catch (DecantException e) {
      if (phase == Phase.AFTER && request.options().keep() && !run.guard.hasEnded()) {
        run.warnings.add(e.getMessage() + " The new database stays because of --keep.");
        return;
      }
      throw e;
    }
  }

  private void prune(MaintenanceConnection maintenance) {
    List<String> previous =
        Queries.texts(
            maintenance.connection(), run.names.previousOnes(), "listing previous databases");
    for (String old :
        previous.subList(Math.min(target.keepPrevious(), previous.size()), previous.size())) {
      if (!maintenance.drop(old)) {
        run.warnings.add(
            "The previous database " + old + " could not be dropped. Drop it yourself.");
      }
    }
  }
}
