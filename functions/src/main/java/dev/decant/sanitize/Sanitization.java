package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestDraft;
import dev.decant.manifest.Publication;
import dev.decant.manifest.SnapshotInputs;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.StageTimings;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import dev.decant.run.Waits;
import dev.decant.sanitize.output.DumpOutline;
import dev.decant.scratch.ScratchServer;
import dev.decant.source.Source;
import dev.decant.store.ConditionalWrites;
import dev.decant.store.RunClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sanitizes one dump and publishes the snapshot. If it fails, it publishes nothing and leaves
 * nothing behind.
 *
 * <p>A run ends early in the same way for every reason (an error, its deadline, Ctrl-C): the guard
 * ends it and stops the scratch server, which ends every wait for that server. Then the blocks of
 * this class close what they opened.
 */
public final class Sanitization {
  private static final Logger LOG = LoggerFactory.getLogger(Sanitization.class);

  /** How long a failed run waits for a server that is still starting. */
  private static final int START_SECONDS = 10;

  /** How long the databases and the claims of a prepared run wait for the other processes. */
  public static final Duration PREPARED = Duration.ofDays(2);

  private final SanitizeRequest request;
  private final RowOrigin origin;
  private final StageTimings timings = new StageTimings();
  private final RunGuard guard;
  private final Instant startedAt = Instant.now();
  private @Nullable DumpOutline outline;

  private Sanitization(SanitizeRequest request, RowOrigin origin) {
    this.request = request;
    this.origin = origin;
    this.guard =
        new RunGuard(
            request.execution().deadline(),
            "nothing is published",
            "Give it more time or more memory (which brings more CPU), or run it as the command"
                + " decant sanitize, which has no time limit.");
  }

  /**
   * Runs the use case.
   *
   * @throws DecantException for every failure; nothing is published then, and nothing is left
   *     behind
   */
  public static SanitizeResult run(SanitizeRequest request) {
    return run(request, new MaskedHere(request));
  }

  /**
   * Verifies and publishes the rows that other processes masked and loaded.
   *
   * @param request its source is the dump without rows
   * @throws DecantException as {@link #run(SanitizeRequest)}
   */
  public static SanitizeResult finish(SanitizeRequest request, StoredShares shares) {
    return run(request, new MaskedElsewhere(request, shares));
  }

  private static SanitizeResult run(SanitizeRequest request, RowOrigin origin) {
    return SanitizeEvents.around(
        request, () -> guarded(request, origin, Sanitization::sanitize).orElseThrow());
  }

  /**
   * Prepares a run whose rows other processes will mask and load: claims the work, checks the
   * policy, and makes the scratch databases.
   *
   * @param request its source is the dump without rows, which can be read twice
   * @return the result if the same work is published already; otherwise empty
   */
  public static Optional<SanitizeResult> prepare(
      SanitizeRequest request, SharedRun run, PreparedRun.Plan plan) {
    return guarded(
        request, new MaskedLater(request, run), (work, claims) -> work.prepare(claims, plan));
  }

  /** Claimed work. Its result is empty if it publishes nothing and has not failed. */
  private interface Work {
    Optional<SanitizeResult> with(Sanitization run, List<RunClaim> claims);
  }

  private static Optional<SanitizeResult> guarded(
      SanitizeRequest request, RowOrigin origin, Work work) {
    Sanitization run = new Sanitization(request, origin);
    Interrupt interrupt = new Interrupt(run.guard);
    try (run.guard;
        interrupt) {
      return run.claimed(work);
    } catch (DecantException e) {
      throw run.guard.orEnd(e);
    }
  }

  /** Waits for the runs of the same database, so that they publish one after the other. */
  private Optional<SanitizeResult> claimed(Work work) {
    Optional<SanitizeResult> before = published();
    if (before.isPresent()) {
      return before;
    }
    ConditionalWrites.require(request.store());
    try (RunClaim turn = new DatabaseTurn(request, guard).take()) {
      // The run that had the turn before may have done the same work.
      return published().or(() -> claimed(turn, work));
    }
  }

  /** The result if the same work is published already. */
  private Optional<SanitizeResult> published() {
    SnapshotInputs work = request.work();
    Optional<Manifest> published = publication().find(work).filter(work::made);
    published.ifPresent(CompleteVerification.of(request)::requireOfPublished);
    return published.map(manifest -> duplicate(manifest.run().startedAt()));
  }

  /** Claims the work, so that only one of several runs of the same work publishes. */
  private Optional<SanitizeResult> claimed(RunClaim turn, Work work) {
    WorkClaim same = new WorkClaim(request, request.work());
    return switch (same.claim()) {
      case RunClaim.Outcome.Taken other when other.done() ->
          Optional.of(duplicate(other.claimed()));
      case RunClaim.Outcome.Taken other -> throw DatabaseTurn.busy(request, same.id(), other);
      case RunClaim.Outcome.Claimed(RunClaim claim) -> {
        try (claim) {
          yield work.with(this, List.of(turn, claim));
        }
      }
    };
  }

  /** The result if another run has done this work. */
  private SanitizeResult duplicate(Instant since) {
    LOG.info(
        "{} of {} was published by another run, which began at {}",
        request.name(),
        request.source().uri(),
        since);
    return new SanitizeResult.Duplicate(request.name(), manifestLocation(), timings.all());
  }

  private String manifestLocation() {
    return request.store().locate(request.name().key(SnapshotName.MANIFEST));
  }

  private Optional<SanitizeResult> sanitize(List<RunClaim> claims) {
    SanitizeResult result = onServer((server, run) -> published(server, run, claims));
    claims.getLast().complete();
    return Optional.of(result);
  }

  private Optional<SanitizeResult> prepare(List<RunClaim> claims, PreparedRun.Plan plan) {
    boolean kept = false;
    plan.begin();
    try {
      keep(claims, plan);
      kept = true;
    } finally {
      // If another run took over, everything belongs to that run.
      if (!kept && claims.stream().noneMatch(RunClaim::lost)) {
        Waits.uninterrupted(plan::undo);
      }
    }
    return Optional.empty();
  }

  /** Makes the scratch databases and the plan, and leaves them to the other processes. */
  private void keep(List<RunClaim> claims, PreparedRun.Plan plan) {
    onServer(
        (server, run) -> {
          PreparedRun prepared = run.prepare(Objects.requireNonNull(outline));
          claims.forEach(RunClaim::requireHeld);
          plan.write(prepared);
          claims.forEach(RunClaim::requireHeld);
          server.keep(prepared.schema(), PREPARED);
          server.keep(prepared.rows(), PREPARED);
          claims.forEach(claim -> claim.keep(PREPARED));
          return Optional.empty();
        });
  }

  private <T> T onServer(BiFunction<ScratchServer, SanitizeRun, T> work) {
    try (WorkFolder folder = WorkFolder.create(request.execution().workFolder());
        ScratchServer server = openServer();
        SanitizeRun run = new SanitizeRun(request, origin, server, folder.path(), guard, timings)) {
      try {
        return guard.interruptibly(() -> work.apply(server, run));
      } catch (DecantException e) {
        throw run.explain(e);
      }
    }
  }

  private SanitizeResult published(ScratchServer server, SanitizeRun run, List<RunClaim> claims) {
    VerifiedSnapshot verified = run.run(outline);
    if (request.checks().full()) {
      timings.run("restore once more", () -> RestoreCheck.run(server, verified, guard));
    }
    guard.check();
    CompleteVerification.of(request).require(verified.unverified().items());
    claims.forEach(RunClaim::requireHeld);
    return publish(server, verified);
  }

  /** Starts the scratch server. During the start it reads what can be known before the rows. */
  private ScratchServer openServer() {
    CompletableFuture<ScratchServer> starting =
        CompletableFuture.supplyAsync(
            () -> timings.time("scratch start", origin::open),
            command -> Thread.ofPlatform().name("decant-scratch").daemon().start(command));
    try {
      guard.interruptibly(this::readOutline);
      ScratchServer server = Waits.result(starting, guard::check);
      guard.onEnd(server::close);
      return server;
    } catch (DecantException e) {
      closeOnceStarted(starting);
      throw e;
    }
  }

  /**
   * Reads a file, or a live database without its rows. S3 would send everything twice; the keys are
   * then checked after the rows.
   */
  private void readOutline() {
    Source source = request.source();
    if (source.textWithoutRows() != null || (source.rereadable() && !source.isRemote())) {
      outline =
          timings.time(
              "outline",
              () ->
                  DumpOutline.of(source, request.policy(), guard, request.execution().progress()));
    }
  }

  private static void closeOnceStarted(CompletableFuture<ScratchServer> starting) {
    try {
      starting.thenAccept(ScratchServer::close).orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      // Either the start failed, which is reported already, or the server is closed as soon as it
      // has started.
    }
  }

  private SanitizeResult publish(ScratchServer server, VerifiedSnapshot verified) {
    ManifestDraft draft =
        new DraftManifest(request, startedAt, server.description(), timings.all()).of(verified);
    requireRows(draft);
    Publication.Published published =
        timings.time(
            "publish",
            () ->
                publication()
                    .publish(draft, verified.frames().list().inOrder(), verified.frames().spool()));
    Manifest manifest = published.manifest();
    if (published.duplicate()) {
      return new SanitizeResult.Duplicate(request.name(), manifestLocation(), timings.all());
    }
    return new SanitizeResult.Published(
        request.name(),
        manifestLocation(),
        manifest.rowsIn(),
        manifest.rowsOut(),
        manifest.dump().size(),
        timings.all(),
        new SanitizeResult.Findings(
            verified.outcome().assertions().size(),
            verified.unverified().items(),
            verified.leakTrace().exceptions()));
  }

  /** Refuses a snapshot without rows, because the next refresh would empty staging. */
  private void requireRows(ManifestDraft draft) {
    if (draft.findings().tables().stream().anyMatch(table -> table.rowsOut() > 0)) {
      return;
    }
    boolean rowsInDump = draft.findings().tables().stream().anyMatch(table -> table.rowsIn() > 0);
    String why =
        rowsInDump
            ? "The policy leaves out all rows of the dump (truncate, rows: where, sql)"
            : "The dump has no rows, because it was made with --schema-only or of an empty"
                + " database";
    if (!request.checks().allowNoRows()) {
      throw new DecantException(
          ErrorCode.NO_ROWS,
          why + ". Nothing is published. To publish a snapshot without rows, use --allow-no-rows.");
    }
    request.execution().progress().message(why + ". A snapshot without rows is published.");
  }

  private Publication publication() {
    return new Publication(
        request.store(),
        request.keys().signing(),
        InstantSource.system(),
        request.execution().progress());
  }

  /** The IDs of the claims that a run of this request holds. */
  public static List<String> claims(SanitizeRequest request) {
    return List.of(
        RunClaim.databaseId(request.name().service(), request.name().environment()),
        new WorkClaim(request, request.work()).id());
  }

  /** Removes the work folders that killed runs left, and returns their number. */
  public static int sweep(Path workFolder) {
    return WorkFolder.sweep(workFolder);
  }
}
