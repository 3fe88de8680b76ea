package dev.decant.audit;

import dev.decant.frame.WholeDump;
import dev.decant.frame.WrittenSnapshot;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.run.RunGuard;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Compares the files of a snapshot with its manifest. */
final class FilesAudit {
  private final AuditRequest request;
  private final Findings findings;
  private final RunGuard guard;

  FilesAudit(AuditRequest request, Findings findings, RunGuard guard) {
    this.request = request;
    this.findings = findings;
    this.guard = guard;
  }

  void check(Manifest manifest) {
    Manifest.Dump dump = manifest.dump();
    findings.of(
        "dump",
        WholeDump.differences(
            request.store(),
            request.snapshot().key(SnapshotName.DUMP),
            new WrittenSnapshot(
                manifest.frames(), dump.size(), dump.textSize(), dump.sha256(), dump.md5()),
            request.progress(),
            guard::check),
        "The file, each of its frames and its seek table are those of the manifest.");
    md5(dump);
    report(manifest);
  }

  private void md5(Manifest.Dump dump) {
    String wanted = dump.md5() + "  " + request.snapshot().name() + SnapshotName.DUMP + "\n";
    Optional<String> found =
        file(SnapshotName.MD5).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    if (found.isEmpty()) {
      findings.fails("md5 file", "It does not exist.");
    } else if (!found.get().equals(wanted)) {
      findings.fails("md5 file", "It does not state the MD5 of the manifest.");
    } else {
      findings.holds("md5 file", "It states the MD5 of the manifest.");
    }
  }

  private void report(Manifest manifest) {
    Manifest.ReportFile stated = manifest.report();
    Optional<byte[]> found = file(SnapshotName.REPORT);
    if (stated == null) {
      findings.notChecked(
          "report", "The version of decant that made the snapshot did not record its SHA-256.");
    } else if (found.isEmpty()) {
      findings.fails("report", "It does not exist.");
    } else if (!Digests.sha256(found.get()).equals(stated.sha256())) {
      findings.fails("report", "It does not have the SHA-256 that the manifest states.");
    } else {
      findings.holds("report", "It has the SHA-256 of the manifest.");
    }
  }

  private Optional<byte[]> file(String suffix) {
    return request.store().read(request.snapshot().key(suffix));
  }
}
