package dev.decant.hook;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the hooks of a phase, one after the other. */
public final class Hooks {
  private Hooks() {}

  /**
   * Runs hooks until all have run, or until one fails after which the refresh must be undone. The
   * caller gets the error by {@link #failure}, and undoes the hooks that ran by {@link #takeBack}.
   *
   * @param ended the list to which the result of each hook is added when the hook ends; the last
   *     hook may have been cancelled
   * @throws DecantException {@link ErrorCode#CANCELLED} if this thread is interrupted
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
          throw new DecantException(
              ErrorCode.CANCELLED, "The refresh was interrupted while a hook ran.");
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
   * A sentence for each hook whose service or program cannot be reached now. Nothing is started
   * there. Some of them may be reachable when the hook runs.
   */
  public static List<String> unreachable(List<Hook> hooks) {
    return hooks.stream()
        .flatMap(
            hook ->
                ReachabilityCheck.problem(hook).stream()
                    .map(
                        why ->
                            "the hook at line "
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

  /** The error of the hook after which the refresh must be undone; empty if there is none. */
  public static Optional<DecantException> failure(List<HookResult> results) {
    return results.stream()
        .filter(HookResult::mustUndo)
        .findFirst()
        .map(
            result ->
                new DecantException(
                    ErrorCode.HOOK_FAILED,
                    text(result)
                        + " Correct the cause or the hook, or write on-failure: continue to go on"
                        + " after such a failure."));
  }

  /**
   * Undoes the changes of hooks, the last hook first. If one of them cannot be undone, the others
   * are still undone.
   *
   * @param most the most time for each of them, even if the limit of the hook is longer
   * @return the result of each
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
    return "The hook at line "
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
