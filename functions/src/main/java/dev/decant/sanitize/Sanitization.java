package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestDraft;
import dev.decant.manifest.Publication;
import dev.decant.manifest.SnapshotInputs;
import dev.decant.manifest.SnapshotName;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import dev.decant.run.Waits;
import dev.decant.sanitize.SanitizeResult.Status;
import dev.decant.scratch.OwnedFolder;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import dev.decant.store.RunClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one dump into one published, sanitized snapshot, or into an error and nothing else.
 *
 * <p>Whatever ends a run early (an error, its deadline, Ctrl-C) takes the same way out: the guard
 * ends it, the scratch server goes away under whatever waits for it, and the blocks of this class
 * close what they opened.
 */
public final class Sanitization {
  private static final Logger LOG = LoggerFactory.getLogger(Sanitization.class);

  private static final String FOLDER = "decant-run-";

  /** How long a run that has failed waits for a server that still starts. */
  private static final int START_SECONDS = 10;

  private final SanitizeRequest request;
  private final Timings timings = new Timings();
  private final RunGuard guard;
  private final Instant startedAt = Instant.now();
  private @Nullable DumpOutline outline;

  private Sanitization(SanitizeRequest request) {
    this.request = request;
    this.guard =
        new RunGuard(
            request.deadline(),
            "nothing is published",
            "Give it more time or more memory (which brings more CPU), or run it where there is no"
                + " limit: decant sanitize.");
  }

  /**
   * Runs the pipeline.
   *
   * @throws DecantException whatever went wrong; nothing is published then, and nothing is left
   *     behind
   */
  public static SanitizeResult run(SanitizeRequest request) {
    Sanitization run = new Sanitization(request);
    Interrupt interrupt = new Interrupt(run.guard);
    try (run.guard;
        interrupt) {
      return run.claimed();
    } catch (DecantException e) {
      throw run.guard.orEnd(e);
    }
  }

  /** Claims the work, so that of several runs that are the same work one publishes. */
  private SanitizeResult claimed() {
    SnapshotInputs work = request.work();
    Optional<Manifest> published = publication().find(work);
    if (published.filter(work::made).isPresent()) {
      return duplicate("published", published.get().run().startedAt());
    }
    String inputs = String.valueOf(work.policy().inputs());
    String id =
        RunClaim.id(
            request.source().uri(), request.source().identity(), work.name().toString(), inputs);
    RunClaim.Outcome outcome = claim(id);
    if (outcome instanceof RunClaim.Outcome.Duplicate other && meansNothing(other)) {
      request.store().delete(".runs/" + id + ".json");
      outcome = claim(id);
    }
    return switch (outcome) {
      case RunClaim.Outcome.Duplicate other ->
          duplicate(other.done() ? "published" : "being sanitized", other.claimed());
      case RunClaim.Outcome.Claimed(RunClaim claim) -> {
        try (claim) {
          SanitizeResult result = sanitize(claim);
          claim.complete();
          yield result;
        }
      }
    };
  }

  private RunClaim.Outcome claim(String id) {
    return RunClaim.claim(
        request.store(), id, request.name().key(""), RunClaim.LEASE, Owner.description());
  }

  /** What that run published was removed since, or it was killed on this machine. */
  private boolean meansNothing(RunClaim.Outcome.Duplicate other) {
    if (other.done()) {
      return !published();
    }
    return !request.store().isRemote() && Owner.killedHere(other.owner());
  }

  private boolean published() {
    return request.store().stat(request.name().key(SnapshotName.MANIFEST)).isPresent();
  }

  /** Another run does this work or did it. */
  private SanitizeResult duplicate(String state, Instant since) {
    LOG.info(
        "{} of {} is {} by another run since {}",
        request.name(),
        request.source().uri(),
        state,
        since);
    return new SanitizeResult(
        Status.DUPLICATE,
        request.name(),
        request.store().locate(request.name().key(SnapshotName.MANIFEST)),
        0,
        0,
        0,
        timings.all(),
        List.of());
  }

  private SanitizeResult sanitize(RunClaim claim) {
    LOG.info("sanitizing {} as {}", request.source().uri(), request.name());
    OwnedFolder folder = folder();
    try (ScratchServer server = openServer();
        SanitizeRun run = new SanitizeRun(request, server, folder.path(), guard, timings)) {
      try {
        return guard.interruptibly(() -> published(server, run, claim));
      } catch (DecantException e) {
        throw run.withDisk(e);
      }
    } finally {
      remove(folder);
    }
  }

  private SanitizeResult published(ScratchServer server, SanitizeRun run, RunClaim claim) {
    Verified verified = run.run(outline);
    if (request.verifyFull()) {
      timings.run("restore once more", () -> RestoreCheck.run(server, verified, guard));
    }
    guard.check();
    tell(verified.unverified().items());
    claim.requireHeld();
    return publish(server, verified);
  }

  private void tell(List<Unverified.Item> unverified) {
    for (Unverified.Item item : unverified) {
      LOG.warn("not verified: {}", item);
    }
  }

  /** Starts the scratch server, and meanwhile reads the source once where it can be read twice. */
  private ScratchServer openServer() {
    CompletableFuture<ScratchServer> starting =
        CompletableFuture.supplyAsync(
            () ->
                timings.time(
                    "scratch start",
                    () -> ScratchServers.open(request.scratch(), request.scratchOptions())),
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

  /** S3 would send everything twice; there, what needs the keys is checked when they come. */
  private void readOutline() {
    if (request.source().rereadable() && !request.source().isRemote()) {
      outline =
          timings.time(
              "outline", () -> DumpOutline.of(request.source(), guard, request.progress()));
    }
  }

  private static void closeOnceStarted(CompletableFuture<ScratchServer> starting) {
    try {
      starting.thenAccept(ScratchServer::close).orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      // It did not start, which is told already, or it is closed as soon as it has started.
    }
  }

  private SanitizeResult publish(ScratchServer server, Verified verified) {
    ManifestDraft draft = new DraftManifest(request, startedAt, server.description()).of(verified);
    requireRows(draft);
    Publication.Published published =
        timings.time(
            "publish",
            () -> publication().publish(draft, verified.frames().inOrder(), verified.spool()));
    Manifest manifest = published.manifest();
    LOG.info(
        "published {}: {} of {} rows, {} bytes",
        request.name(),
        manifest.rowsOut(),
        manifest.rowsIn(),
        manifest.dump().size());
    return new SanitizeResult(
        published.duplicate() ? Status.DUPLICATE : Status.PUBLISHED,
        request.name(),
        request.store().locate(request.name().key(SnapshotName.MANIFEST)),
        manifest.rowsIn(),
        manifest.rowsOut(),
        manifest.dump().size(),
        timings.all(),
        verified.unverified().items());
  }

  /** A snapshot without rows becomes the latest, and the next refresh gives staging nothing. */
  private void requireRows(ManifestDraft draft) {
    if (draft.tables().stream().anyMatch(table -> table.rowsOut() > 0)) {
      return;
    }
    boolean rowsInDump = draft.tables().stream().anyMatch(table -> table.rowsIn() > 0);
    String why =
        rowsInDump
            ? "The policy leaves out all rows of the dump (truncate, rows: where, sql)"
            : "The dump has no rows: it was made with --schema-only, or of an empty database";
    if (!request.allowNoRows()) {
      throw new DecantException(
          ErrorCode.NO_ROWS,
          why
              + ". Nothing is published. To publish a snapshot without rows, give"
              + " --allow-no-rows.");
    }
    request.progress().message(why + ". A snapshot without rows is published.");
  }

  private Publication publication() {
    return new Publication(
        request.store(), request.signingKey(), InstantSource.system(), request.progress());
  }

  /** Removes the work folders that dead runs left; says how many. */
  public static int sweep(Path workFolder) {
    return Files.isDirectory(workFolder) ? OwnedFolder.sweep(workFolder, FOLDER) : 0;
  }

  private OwnedFolder folder() {
    try {
      Files.createDirectories(request.workFolder());
      var _ = sweep(request.workFolder());
      return OwnedFolder.create(request.workFolder(), FOLDER);
    } catch (IOException e) {
      if (DiskFull.is(e)) {
        throw DiskFull.error(
            request.workFolder(),
            1,
            "frames",
            "Free some space, or name a folder on a larger disk by DECANT_WORK.",
            e);
      }
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The work folder "
              + request.workFolder()
              + " cannot be written to; name another by DECANT_WORK.",
          e);
    }
  }

  private static void remove(OwnedFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("the folder {} could not be removed", folder.path(), new UncheckedIOException(e));
    }
  }
}
