package dev.decant.audit;

import dev.decant.error.DecantException;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestFrames;
import dev.decant.manifest.ManifestSchema;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.SignatureCheck;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Quantity;
import java.util.List;

/** Checks the manifest of a snapshot by itself. */
final class ManifestAudit {
  private final AuditRequest request;
  private final Findings findings;

  ManifestAudit(AuditRequest request, Findings findings) {
    this.request = request;
    this.findings = findings;
  }

  void check(PublishedManifest published) {
    signature(published.verification());
    findings.of(
        "manifest",
        ManifestSchema.problems(published.document()),
        "It has the form of docs/manifest.schema.json.");
    frames(published.manifest());
    results(published.manifest());
  }

  private void signature(SignatureCheck verification) {
    switch (verification) {
      case SignatureCheck.Valid(String keyId) ->
          findings.holds("signature", "The public key " + keyId + " signed the manifest.");
      case SignatureCheck.Invalid(String reason) ->
          findings.fails("signature", "The manifest " + reason + '.');
      case SignatureCheck.Unsigned(boolean keyGiven) when keyGiven ->
          findings.fails("signature", "The manifest is not signed.");
      case SignatureCheck.Unsigned _ ->
          findings.notChecked(
              "signature",
              "The manifest is not signed and no public key is configured, so nothing proves who"
                  + " made the snapshot.");
      case SignatureCheck.Unverifiable(String keyId) ->
          findings.notChecked(
              "signature",
              "No public key is configured, so the signature by the key "
                  + keyId
                  + " was not checked. Set DECANT_VERIFY_KEY to the public key of the publisher.");
    }
  }

  private void frames(Manifest manifest) {
    try {
      ManifestFrames.requireWhole(manifest, request.snapshot().name() + SnapshotName.MANIFEST);
      findings.holds(
          "frames",
          Quantity.counted(manifest.frames().size(), "frame")
              + " cover the whole dump and all of its rows.");
    } catch (DecantException e) {
      findings.fails("frames", String.valueOf(e.getMessage()));
    }
  }

  /** The results that the run recorded. A run publishes nothing if one of them is bad. */
  private void results(Manifest manifest) {
    List<String> bad =
        manifest.assertions().stream()
            .filter(a -> !a.held())
            .map(a -> "The assertion \"" + a.name() + "\" did not hold when the snapshot was made.")
            .toList();
    findings.of(
        "run",
        bad,
        Quantity.counted(manifest.assertions().size(), "assertion")
            + " held when the snapshot was made.");
    Manifest.LeakTrace trace = manifest.leakTrace();
    if (trace == null) {
      findings.notChecked("leak trace", "The manifest has no result of a leak trace.");
    } else if (trace.found() > 0) {
      findings.fails(
          "leak trace",
          "It found "
              + Quantity.counted(trace.found(), "raw value")
              + " when the snapshot was made.");
    } else {
      findings.holds(
          "leak trace",
          "It looked for "
              + Quantity.counted(trace.traced(), "raw value")
              + " when the snapshot was made, and found none.");
    }
  }
}
