package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.RefreshResult;
import dev.decant.refresh.StepListener;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that refresh and rollback share, and the runs over several targets. */
final class RefreshOptions {
  @Mixin TargetOptions targets = new TargetOptions();
  @Mixin JobsOptions connections = new JobsOptions();

  @Option(
      names = "--confirm",
      required = true,
      paramLabel = "HOST",
      description =
          "The host of the target, exactly as the targets file has it under 'confirm'. Several"
              + " targets need one host each, separated by commas.")
  String confirm = "";

  @Option(
      names = "--dry-run",
      description = "Check all guards and show the plan, but change nothing.")
  boolean dryRun;

  /** The outcome of a run for one target. */
  sealed interface Outcome {
    /** The run succeeded, or its plan was made. */
    record Succeeded(RefreshResult result) implements Outcome {}

    /** The run failed and left the target as it was. */
    record Failed(Target target, DecantException error) implements Outcome {}
  }

  /** The inputs that are the same for every target. */
  record Common(
      TargetUse use,
      Settings settings,
      @Nullable SnapshotStore store,
      String snapshot,
      boolean allowUnsigned,
      boolean keep) {}

  /** Runs the use case on all targets at once. The outcomes have the order of the names. */
  List<Outcome> run(
      Console console, Common common, Function<RefreshRequest, RefreshResult> useCase) {
    Settings settings = connections.in(common.settings());
    Keys keys = new Keys(settings, Secrets::read, console.err()::println);
    List<Target> all = targets.readAll(console.environment(), common.use());
    List<String> hosts = Arrays.stream(confirm.split(",", -1)).map(String::strip).toList();
    if (hosts.size() != all.size()) {
      throw new DecantException(
          ErrorCode.USAGE,
          "There are "
              + all.size()
              + " targets and "
              + hosts.size()
              + " hosts. Give --confirm one host for each target.");
    }
    Progress progress = console.progress();
    List<RefreshRequest> requests = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      requests.add(
          new RefreshRequest(
              all.get(i),
              snapshot(common, keys),
              hosts.get(i),
              new RefreshRequest.Options(dryRun, common.keep(), settings.jobs()),
              new RefreshRequest.Credentials(console.environment(), Secrets::read),
              null,
              new RefreshRequest.Listeners(
                  all.size() == 1 ? progress : new TargetProgress(all.get(i).name(), progress),
                  StepListener.NONE)));
    }
    try {
      return sideBySide(requests, useCase);
    } finally {
      progress.done();
    }
  }

  private static RefreshRequest.@Nullable Snapshot snapshot(Common common, Keys keys) {
    SnapshotStore store = common.store();
    return store == null
        ? null
        : new RefreshRequest.Snapshot(
            store, common.snapshot(), keys.verifyKey().orElse(null), common.allowUnsigned());
  }

  private static List<Outcome> sideBySide(
      List<RefreshRequest> requests, Function<RefreshRequest, RefreshResult> useCase) {
    if (requests.size() == 1) {
      RefreshRequest only = requests.getFirst();
      return List.of(new Outcome.Succeeded(useCase.apply(only)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<RefreshResult>> futures =
          requests.stream().map(r -> threads.submit(() -> useCase.apply(r))).toList();
      for (int i = 0; i < futures.size(); i++) {
        outcomes.add(outcome(requests.get(i).target(), futures.get(i)));
      }
    }
    return outcomes;
  }

  private static Outcome outcome(Target target, Future<RefreshResult> future) {
    try {
      return new Outcome.Succeeded(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DecantException error) {
        return new Outcome.Failed(target, error);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(
          target, new DecantException(ErrorCode.CANCELLED, "The run was cancelled.", e));
    }
  }
}
