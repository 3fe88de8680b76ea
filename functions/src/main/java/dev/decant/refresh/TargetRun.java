package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.hook.HookContext;
import dev.decant.hook.HookResult;
import dev.decant.hook.Hooks;
import dev.decant.hook.Phase;
import dev.decant.postgres.Queries;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import dev.decant.target.Hook;
import dev.decant.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The parts that a refresh and a rollback share: the server, the lock, the hooks, and the durations
 * of the steps. It is used by one thread.
 */
final class TargetRun {
  /**
   * How long the undo of one hook may take after the run was ended. A process that is asked to stop
   * has 20 s in all.
   */
  private static final Duration TO_TAKE_BACK = Duration.ofSeconds(3);

  private static final String ADVICE =
      "Give it more time, or run decant refresh on a machine without a time limit.";

  final RefreshRequest request;
  final TargetServer server;
  final MaintenanceConnection maintenance;
  final RunGuard guard;
  final TargetDatabaseNames names;
  private final String owner;
  final Map<String, Long> millis = new LinkedHashMap<>();
  final List<String> warnings = new ArrayList<>();
  final List<RefreshResult.HookOutcome> hooks = new ArrayList<>();

  TargetRun(
      RefreshRequest request,
      TargetServer server,
      MaintenanceConnection maintenance,
      RunGuard guard) {
    this.request = request;
    this.server = server;
    this.maintenance = maintenance;
    this.guard = guard;
    this.names = new TargetDatabaseNames(server.database());
    this.owner = maintenance.owner();
  }

  /** Checks the host, connects to the server, takes the lock, and does the work. */
  static RefreshResult within(RefreshRequest request, Function<TargetRun, RefreshResult> work) {
    Target target = request.target();
    try (TargetServer server = TargetServer.of(target, request.credentials());
        RunGuard guard = new RunGuard(request.deadline(), RefreshErrors.UNCHANGED, ADVICE)) {
      HostGuard.check(target, server.host(), server.database(), request.confirm());
      guard.onEnd(server::abort);
      try (Interrupt _ = new Interrupt(guard);
          MaintenanceConnection maintenance = MaintenanceConnection.open(server)) {
        TargetRun run = new TargetRun(request, server, maintenance, guard);
        ServerGuard serverGuard = new ServerGuard(target, server, maintenance);
        serverGuard.checkServer();
        maintenance.lock().take(target);
        run.warnings.addAll(serverGuard.warnings());
        return work.apply(run);
      } catch (DecantException e) {
        throw guard.orEnd(e);
      }
    }
  }

  /** The location of the target. */
  RefreshResult.Location location() {
    return new RefreshResult.Location(request.target().name(), server.database(), server.host());
  }

  /** The actions of the run so far. */
  RefreshResult.Activity activity(long downtimeMillis) {
    return new RefreshResult.Activity(
        List.copyOf(hooks), downtimeMillis, new LinkedHashMap<>(millis), List.copyOf(warnings));
  }

  /** A name for the new database that no database has, even if runs share a second. */
  String nextName() {
    Instant time = Instant.now();
    while (maintenance.exists(names.next(time))) {
      time = time.plusSeconds(1);
    }
    return names.next(time);
  }

  /**
   * A name for the previous database that is later than all others, because a rollback takes the
   * latest and a refresh drops the earlier ones.
   */
  String previousName() {
    String latest =
        Queries.text(
                maintenance.connection(), names.previousOnes(), "looking for previous databases")
            .orElse("");
    Instant time = Instant.now();
    while (names.previous(time).compareTo(latest) <= 0
        || maintenance.exists(names.previous(time))) {
      time = time.plusSeconds(1);
    }
    return names.previous(time);
  }

  /** The work of one step. */
  interface Work {
    void run();
  }

  void step(RefreshHistory history, RefreshStep step, Work work) {
    guard.check();
    long begin = System.nanoTime();
    history.step(step);
    work.run();
    millis.put(step.label(), (System.nanoTime() - begin) / 1_000_000);
    request.listeners().steps().done(step);
  }

  /**
   * Runs the hooks of a phase.
   *
   * @param ran receives the results of the hooks, also of those that failed
   * @throws DecantException if a hook failed whose failure ends the run
   */
  void hooks(
      List<Hook> wanted, Phase phase, String database, String snapshot, List<HookResult> ran) {
    HookContext context = context(phase, database, snapshot);
    List<HookResult> results = new ArrayList<>();
    try {
      guard.interruptibly(() -> Hooks.run(wanted, context, request.progress(), results));
    } finally {
      ran.addAll(results);
    }
    for (HookResult result : results) {
      hooks.add(
          new RefreshResult.HookOutcome(
              phase.toString(),
              result.description(),
              result.ok(),
              result.attempts(),
              result.duration().toMillis()));
      if (!result.ok()) {
        warnings.add("The hook \"" + result.description() + "\" failed: " + result.message());
      }
    }
    Hooks.failure(results)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private HookContext context(Phase phase, String database, String snapshot) {
    return new HookContext(
        request.target().name(), phase, database, owner, server.address(), snapshot);
  }

  /**
   * Undoes what hooks changed outside the database. If one undo fails, this is reported and the
   * others are still tried. After a run was ended there is little time, so an undo may only take a
   * few seconds.
   */
  void takeBack(List<HookResult> results, Phase phase, String database, String snapshot) {
    HookContext context = context(phase, database, snapshot);
    Duration most = guard.hasEnded() ? TO_TAKE_BACK : Duration.ofDays(1);
    for (HookResult result : Hooks.takeBack(results, context, most)) {
      if (!result.ok()) {
        request
            .progress()
            .message(
                "The hook \""
                    + result.description()
                    + "\" could not be undone: "
                    + result.message());
      }
    }
  }
}
