package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SharedRun;
import dev.decant.sanitize.Turn;
import dev.decant.scale.ChunkRun;
import dev.decant.scale.Finishing;
import dev.decant.scale.Forgetting;
import dev.decant.scale.Planning;
import dev.decant.scale.RunRequest;
import dev.decant.setting.Keys;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.store.Claimant;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decant scale}: makes a snapshot of a large database by several processes. */
@Command(
    name = "scale",
    description = {
      "Makes a sanitized snapshot of a large database by several processes. The result is that of"
          + " 'decant sanitize'.",
      "",
      "'plan' checks the policy, makes a scratch database on a server, and cuts the tables into"
          + " items. 'chunk' masks one item and loads it into the scratch database; as many of"
          + " these commands as there are items run, on any number of machines. 'finish' proves"
          + " that each item is done, verifies all rows, and publishes the snapshot. 'forget'"
          + " removes what a failed run left.",
      "",
      "All commands of a run have the same --run, policy, key, store and scratch server. The source"
          + " is a database to which nobody writes, such as a restored clone, or an archive of"
          + " pg_dump -Fd in a folder or in S3. The workflow on AWS runs these commands for sources"
          + " that are too large for one task."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant scale plan postgresql://reader@clone.internal/app --run r1 \\",
      "      --static-source --policy policy.yaml --to s3://bucket/prefix",
      "  decant scale chunk --run r1 --item 0",
      "  decant scale finish --run r1",
      "  decant scale forget --run r1"
    })
final class ScaleCommand implements Runnable {
  private static final Pattern RUN = Pattern.compile("[a-z0-9]{1,40}");
  private static final Duration PATIENCE = Duration.ofHours(1);

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "ACTION", description = "plan, chunk, finish or forget.")
  ScaleAction action = ScaleAction.PLAN;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "For 'plan', the database, postgresql://user@host:port/db, or the folder of an archive of"
              + " pg_dump -Fd, also s3://bucket/prefix/. decant only reads from it.")
  @Nullable String source;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The ID of the run: lower-case letters and digits, at most 40.")
  String run = "";

  @Option(
      names = "--item",
      paramLabel = "N",
      description = "For 'chunk', the number of the item, counted from 0.")
  @Nullable Integer item;

  @Mixin ScaleSource sources = new ScaleSource();
  @Mixin RunOptions options = new RunOptions();
  @Mixin NameOptions names = new NameOptions();
  @Mixin PublicationChecks checks = new PublicationChecks();

  @Option(names = "--timings", description = "For 'finish', show the duration of each stage.")
  boolean timings;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Console console;
  private final BiFunction<String, Map<String, String>, Policy> policies;

  /**
   * @param policies reads the policy at a location with some values of parameters
   */
  ScaleCommand(Console console, BiFunction<String, Map<String, String>, Policy> policies) {
    this.console = console;
    this.policies = policies;
  }

  @Override
  public void run() {
    requireArguments();
    Settings settings =
        names.in(sources.databases.in(options.in(new Settings(console.environment()))));
    if (action == ScaleAction.FORGET) {
      forget(settings);
      return;
    }
    RunOptions.Inputs inputs = options.inputs(settings, policies, console);
    Progress progress = console.progress();
    try (SnapshotStore store = inputs.openStore()) {
      SharedRun shared = new SharedRun(run, inputs.key());
      switch (action) {
        case PLAN -> plan(settings, inputs, store, shared, progress);
        case CHUNK -> chunk(settings, requests(inputs, store, progress), shared, progress);
        case FINISH -> finish(requests(inputs, store, progress), shared, progress);
        case FORGET -> throw new IllegalStateException();
      }
    } finally {
      progress.done();
    }
  }

  private void requireArguments() {
    if (!RUN.matcher(run).matches()) {
      throw usage(
          "The ID of a run has only lower-case letters and digits, and at most 40 of them.");
    }
    if ((source != null) != (action == ScaleAction.PLAN)) {
      throw usage("SOURCE is given to 'decant scale plan', and to no other action.");
    }
    action.requireUse(spec.commandLine().getParseResult().matchedOptions());
    if (item == null && action == ScaleAction.CHUNK) {
      throw usage("'decant scale chunk' needs the number of an item. Name it with --item N.");
    }
  }

  private void plan(
      Settings settings,
      RunOptions.Inputs inputs,
      SnapshotStore store,
      SharedRun shared,
      Progress progress) {
    String location = String.valueOf(source);
    ScaleSource.requireStatic(location, settings);
    long bytes = sources.itemBytes();
    try (Source opened = sources.open(location, settings, console.environment())) {
      Planning.Planned planned =
          Planning.run(
              inputs.request(
                  opened,
                  names.of(location, opened, settings),
                  store,
                  turn(Duration.ZERO),
                  checks.checks(),
                  progress),
              ScaleSource.fromAnywhere(location),
              shared,
              bytes);
      progress.done();
      answer().planned(planned);
    }
  }

  private void chunk(Settings settings, RunRequest requests, SharedRun shared, Progress progress) {
    ChunkRun.Masked masked =
        ChunkRun.run(
            requests,
            shared,
            Objects.requireNonNull(item),
            ScaleSource.access(settings, console.environment()));
    progress.done();
    answer().masked(masked);
  }

  private void finish(RunRequest requests, SharedRun shared, Progress progress) {
    Finishing.Finished finished = Finishing.run(requests, shared);
    progress.done();
    SanitizeAnswer.print(
        console, common.json, timings, finished.source(), requests.store(), finished.result());
  }

  /** Needs neither the policy nor the source. */
  private void forget(Settings settings) {
    SharedRun shared =
        new SharedRun(run, new Keys(settings, Secrets::read, console.err()::println).maskingKey());
    try (SnapshotStore store = Stores.open(RunOptions.place(settings, console))) {
      answer()
          .forgotten(
              Forgetting.run(
                  store,
                  ScratchUrl.of(settings, Secrets::read),
                  shared,
                  console.progress()::message));
    }
  }

  private RunRequest requests(RunOptions.Inputs inputs, SnapshotStore store, Progress progress) {
    return new RunRequest(
        store,
        (dump, name) ->
            inputs.request(dump, name, store, turn(PATIENCE), checks.checks(), progress));
  }

  /** A second plan or finish of the same run waits until the first one has ended. */
  private Turn turn(Duration patience) {
    return new Turn(run, patience, Claimant.Relation.PARTNER);
  }

  private ScaleAnswer answer() {
    return new ScaleAnswer(console, common.json, run);
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }
}
