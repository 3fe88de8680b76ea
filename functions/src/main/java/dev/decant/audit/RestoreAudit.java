package dev.decant.audit;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.frame.StoredFrames;
import dev.decant.load.LoadRequest;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SnapshotLoad;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.StandIns;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.util.Map;

/**
 * Restores a snapshot into a temporary database, with all of its frames, indexes, constraints and
 * materialized views.
 */
final class RestoreAudit {
  static final String RESTORE = "restore";

  private final AuditRequest request;
  private final Manifest manifest;
  private final Findings findings;
  private final RunGuard guard;

  RestoreAudit(AuditRequest request, Manifest manifest, Findings findings, RunGuard guard) {
    this.request = request;
    this.manifest = manifest;
    this.findings = findings;
    this.guard = guard;
  }

  void check() {
    StoredFrames frames =
        new StoredFrames(request.store(), request.snapshot().key(SnapshotName.DUMP));
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    try (ScratchServer server =
        ScratchServers.open(request.scratch().server(), request.scratch().options())) {
      guard.onEnd(server::close);
      ScratchExtensions extensions = ScratchExtensions.of(schema.before(), server.extensions());
      try (ScratchDatabase database =
          server.create("verify", extensions.present(), schema.encoding())) {
        if (restored(schema, frames, server, database, extensions)) {
          new RowsAudit(request, manifest, findings, guard).check(database);
        }
      }
    }
  }

  private boolean restored(
      SnapshotSchema schema,
      StoredFrames frames,
      ScratchServer server,
      ScratchDatabase database,
      ScratchExtensions extensions) {
    Unverified unverified = new Unverified(new StandIns(schema.before()));
    // The load tries the optional ones, and adds them if it cannot create them.
    extensions.missing().stream().filter(s -> !s.optional()).forEach(unverified::addExtension);
    try {
      var _ =
          SnapshotLoad.run(
              new LoadRequest(
                  new LoadRequest.Content(manifest, frames, schema.extended()),
                  database,
                  null,
                  new LoadRequest.RowChoice(table -> true, Map.of()),
                  request.jobs(),
                  request.progress(),
                  guard::check,
                  unverified));
    } catch (DecantException e) {
      guard.check();
      failed(e, extensions);
      return false;
    }
    findings.holds(
        RESTORE,
        "PostgreSQL ("
            + server.description()
            + ") took all frames, built all indexes and constraints, and filled all materialized"
            + " views.");
    unverified
        .items()
        .forEach(item -> findings.notChecked("object", item.object() + ": " + item.reason() + '.'));
    return true;
  }

  /** Throws the error if the server or the store is the reason, and not the snapshot. */
  private void failed(DecantException e, ScratchExtensions extensions) {
    boolean ofSnapshot =
        switch (e.code().kind()) {
          case VERIFICATION, INPUT -> true;
          default -> e.code() == ErrorCode.DATABASE_FAILED;
        };
    if (!ofSnapshot) {
      throw e;
    }
    if (e.code().kind() == ErrorKind.DATABASE && !extensions.missing().isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "The snapshot could not be restored, probably because the scratch server lacks extensions"
              + " that the snapshot needs: "
              + String.join(", ", extensions.missing().stream().map(s -> s.object()).toList())
              + ". Give --scratch the URL of a server that has them. The error was: "
              + e.getMessage());
    }
    findings.fails(RESTORE, String.valueOf(e.getMessage()));
    findings.notChecked(RowsAudit.ASSERTIONS, "The snapshot could not be restored.");
  }
}
