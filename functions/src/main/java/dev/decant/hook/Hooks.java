package dev.decant.hook;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the hooks of one phase, one after the other. */
public final class Hooks {
  private Hooks() {}

  /**
   * Runs hooks until one fails whose failure means undoing. What to do then is the caller's to
   * decide: {@link #failure} has the error, {@link #takeBack} takes back the hooks so far.
   *
   * @param ended gets how each ended that was run, as soon as it has: the last one may be cancelled
   * @throws DecantException {@link ErrorCode#CANCELLED} where this thread is interrupted
   */
  public static void run(
      List<Hook> hooks, HookContext context, Progress progress, List<HookResult> ended) {
    if (hooks.isEmpty()) {
      return;
    }
    progress.stage(context.phase() + " hooks", hooks.size(), "hooks");
    try {
      for (Hook hook : hooks) {
        HookResult result = run(hook, context, progress, hook.limits().within());
        ended.add(result);
        if (Thread.currentThread().isInterrupted()) {
          throw new DecantException(ErrorCode.CANCELLED, "Interrupted while a hook ran.");
        }
        progress.advance(1, hook.describe());
        if (!result.ok()) {
          progress.message(text(result));
        }
        if (result.mustUndo()) {
          break;
        }
      }
    } finally {
      progress.done();
    }
  }

  /**
   * What hooks call that cannot be reached from here just now, without setting anything off: a
   * sentence for each. Some of it may be there by the time that the hook runs.
   */
  public static List<String> unreachable(List<Hook> hooks) {
    return hooks.stream()
        .flatMap(
            hook ->
                ReachabilityCheck.problem(hook).stream()
                    .map(
                        why ->
                            "the hook in line "
                                + hook.limits().line()
                                + " of the targets file ("
                                + hook.describe()
                                + ") would fail now: "
                                + why))
        .toList();
  }

  private static HookResult run(Hook hook, HookContext context, Progress progress, Duration most) {
    return new HookRun(hook, action(hook, context, progress), most).run();
  }

  /** The error of the hook that means undoing; empty where all went well enough. */
  public static Optional<DecantException> failure(List<HookResult> results) {
    return results.stream()
        .filter(HookResult::mustUndo)
        .findFirst()
        .map(
            result ->
                new DecantException(
                    ErrorCode.HOOK_FAILED,
                    text(result)
                        + " Correct what it found or the hook; on-failure: continue goes on without"
                        + " it."));
  }

  /**
   * Takes back what hooks changed, the last first; where one fails the rest is still tried.
   *
   * @param most what each may take, whatever the hook says that it takes back
   * @return how each ended
   */
  public static List<HookResult> takeBack(
      List<HookResult> results, HookContext context, Duration most) {
    return inverse(results).stream().map(hook -> run(hook, context, Progress.NONE, most)).toList();
  }

  static List<Hook> inverse(List<HookResult> results) {
    return results.reversed().stream().flatMap(result -> result.inverse().stream()).toList();
  }

  private static String text(HookResult result) {
    String attempts = result.attempts() == 1 ? "1 attempt" : result.attempts() + " attempts";
    return "The hook in line "
        + result.hook().limits().line()
        + " of the targets file ("
        + result.description()
        + ") failed after "
        + attempts
        + " in "
        + result.duration().toSeconds()
        + " s: "
        + result.message()
        + '.';
  }

  private static Action action(Hook hook, HookContext context, Progress progress) {
    return switch (hook) {
      case Hook.Lambda lambda -> new LambdaAction(lambda, context);
      case Hook.Http http -> new HttpAction(http, context);
      case Hook.Redis redis -> new RedisAction(redis);
      case Hook.EcsService service -> new EcsServiceAction(service);
      case Hook.Command command -> new CommandAction(command, context, progress);
    };
  }
}
