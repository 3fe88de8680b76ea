package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.hook.HookContext;
import dev.decant.hook.HookResult;
import dev.decant.hook.Hooks;
import dev.decant.hook.Phase;
import dev.decant.progress.Progress;
import dev.decant.run.RunGuard;
import dev.decant.target.Hook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a refresh and a rollback share: the server, the lock, the history, hooks, times of steps.
 */
final class Run {
  final RefreshRequest request;
  final TargetServer server;
  final Control control;
  final RunGuard guard;
  final Names names;
  final Map<String, Long> millis = new LinkedHashMap<>();
  final List<String> warnings = new ArrayList<>();
  final List<RefreshResult.HookOutcome> hooks = new ArrayList<>();

  Run(RefreshRequest request, TargetServer server, Control control, RunGuard guard) {
    this.request = request;
    this.server = server;
    this.control = control;
    this.guard = guard;
    this.names = new Names(server.database());
  }

  /** A name for a database that is free: a run within the same second may have taken the first. */
  String freeName(Function<Instant, String> name) {
    Instant time = Instant.now();
    while (control.exists(name.apply(time))) {
      time = time.plusSeconds(1);
    }
    return name.apply(time);
  }

  /** The work of a step. */
  interface Work {
    void run();
  }

  void step(History history, Step step, Work work) {
    guard.check();
    long begin = System.nanoTime();
    history.step(step);
    work.run();
    millis.put(step.label(), (System.nanoTime() - begin) / 1_000_000);
    request.steps().done(step);
  }

  /**
   * Runs the hooks of a phase.
   *
   * @param ran gets the results, those of a failure included
   * @throws DecantException where one failed that must not
   */
  void hooks(
      List<Hook> wanted, Phase phase, String database, String snapshot, List<HookResult> ran) {
    HookContext context =
        new HookContext(request.target().name(), phase, database, server.address(), snapshot);
    List<HookResult> results = Hooks.run(wanted, context, request.progress());
    ran.addAll(results);
    for (HookResult result : results) {
      hooks.add(
          new RefreshResult.HookOutcome(
              phase.toString(),
              result.description(),
              result.ok(),
              result.attempts(),
              result.duration().toMillis()));
      if (!result.ok()) {
        warnings.add("a hook failed: " + result.description() + ": " + result.message());
      }
    }
    Hooks.failure(results)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /** Takes back what hooks changed outside; what fails is told, and the rest is still tried. */
  void takeBack(List<HookResult> results, Phase phase, String database, String snapshot) {
    List<Hook> inverse = Hooks.inverse(results);
    HookContext context =
        new HookContext(request.target().name(), phase, database, server.address(), snapshot);
    for (Hook hook : inverse) {
      try {
        for (HookResult result : Hooks.run(List.of(hook), context, Progress.NONE)) {
          if (!result.ok()) {
            request.progress().message("not taken back: " + result.description());
          }
        }
      } catch (DecantException e) {
        request.progress().message("not taken back: " + hook.describe());
      }
    }
  }
}
