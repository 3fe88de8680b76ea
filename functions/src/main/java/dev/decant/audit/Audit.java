package dev.decant.audit;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.Snapshots;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import java.util.Optional;

/**
 * The use case "verify": checks a published snapshot as a stranger would. It checks the signature,
 * the manifest and all sums, and then restores the snapshot into a temporary database, in which it
 * counts the rows and repeats the assertions of the policy. It changes nothing.
 */
public final class Audit {
  private final AuditRequest request;
  private final RunGuard guard;
  private final Findings findings = new Findings();

  private Audit(AuditRequest request, RunGuard guard) {
    this.request = request;
    this.guard = guard;
  }

  /**
   * Runs all checks.
   *
   * @throws DecantException if a check cannot be made, because the store or the server fails. What
   *     does not hold is a result and no exception
   */
  public static AuditResult run(AuditRequest request) {
    RunGuard guard = new RunGuard(null, "nothing was changed", "");
    Interrupt interrupt = new Interrupt(guard);
    try (guard;
        interrupt) {
      return new Audit(request, guard).run();
    } catch (DecantException e) {
      throw guard.orEnd(e);
    }
  }

  private AuditResult run() {
    manifest().ifPresent(this::check);
    return new AuditResult(request.snapshot(), findings.all());
  }

  /** Empty if the manifest cannot be read, so that nothing else can be checked. */
  private Optional<PublishedManifest> manifest() {
    try {
      return Optional.of(new Snapshots(request.store()).read(request.snapshot(), request.key()));
    } catch (DecantException e) {
      if (e.code() != ErrorCode.SNAPSHOT_DAMAGED) {
        throw e;
      }
      findings.fails("manifest", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void check(PublishedManifest published) {
    new ManifestAudit(request, findings).check(published);
    guard.check();
    if (published.verification().isRefused()) {
      findings.notChecked(
          RestoreAudit.RESTORE,
          "The SQL of a snapshot that the public key did not sign is not run. The assertions were"
              + " not repeated either.");
      new FilesAudit(request, findings, guard).check(published.manifest());
      return;
    }
    new FilesAudit(request, findings, guard).check(published.manifest());
    if (findings.failed()) {
      findings.notChecked(
          RestoreAudit.RESTORE,
          "A damaged snapshot is not restored. The assertions were not repeated either.");
    } else {
      new RestoreAudit(request, published.manifest(), findings, guard).check();
    }
  }
}
