package dev.decant.hook;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the hooks of one phase, one after the other. */
public final class Hooks {
  private Hooks() {}

  /**
   * Runs hooks until one fails whose failure means undoing. What to do then is the caller's to
   * decide: {@link #failure} has the error, {@link #inverse} what takes back the hooks so far.
   *
   * @return how each ended that was run
   * @throws DecantException {@link ErrorCode#CANCELLED} where this thread is interrupted
   */
  public static List<HookResult> run(List<Hook> hooks, HookContext context, Progress progress) {
    List<HookResult> results = new ArrayList<>();
    if (hooks.isEmpty()) {
      return results;
    }
    progress.stage(context.phase() + " hooks", hooks.size(), "hooks");
    try {
      for (Hook hook : hooks) {
        HookResult result = new HookRun(hook, action(hook, context, progress)).run();
        results.add(result);
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
    return List.copyOf(results);
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

  /** The hooks that take back what these changed, the last first. */
  public static List<Hook> inverse(List<HookResult> results) {
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
